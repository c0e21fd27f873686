package dev.writ.compiler.envoy;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import dev.writ.compiler.envoy.LinearOracle.Probe;
import dev.writ.compiler.envoy.ResolvedMatcher.Outcome;
import dev.writ.compiler.envoy.testing.EnvoyProcess;
import dev.writ.compiler.ir.Action;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.Pipe;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.access_loggers.file.v3.FileAccessLog;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBACPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real Envoy that judges many policies at once: a virtual host each, its RBAC with a header for the caller; the access log tells
 * the deciding rules.
 */
final class HeaderEnvoy implements AutoCloseable {
    private static final String CALLER = "x-caller";
    private static final String CALL = "x-call";
    private static final String SOCKET = "http.sock";
    private static final String LOG = "calls.log";
    private static final int CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String RBAC_FILTER = "envoy.filters.http.rbac";
    private static final Pattern FACT = Pattern.compile("\"(\\w+)\":\"([^\"]*)\"");
    private static final MatcherEmitter EMITTER = new MatcherEmitter(MatcherEmitter.header(CALLER));

    /** The trees of one policy. */
    record Policy(ResolvedMatcher enforced, ResolvedMatcher shadow) {}

    /** What Envoy did, and what the shadow rules would have done. */
    record Decision(Outcome enforced, Outcome shadow) {}

    private final Path folder;
    private final EnvoyProcess process;
    private int asked;

    private HeaderEnvoy(Path folder, EnvoyProcess process) {
        this.folder = folder;
        this.process = process;
    }

    static HeaderEnvoy start(List<Policy> policies) throws IOException {
        Path folder = Files.createTempDirectory("writ-envoy");
        RouteConfiguration.Builder routes = RouteConfiguration.newBuilder().setName("policies");
        for (int i = 0; i < policies.size(); i++) {
            routes.addVirtualHosts(virtualHost("p" + i, policies.get(i)));
        }
        Path config = folder.resolve("envoy.pb");
        Files.write(config, bootstrap(folder, routes).toByteArray());
        return new HeaderEnvoy(folder, EnvoyProcess.start(config, folder.resolve(SOCKET)));
    }

    private static VirtualHost virtualHost(String name, Policy policy) {
        RBACPerRoute rbac = RBACPerRoute.newBuilder()
                .setRbac(RBAC.newBuilder()
                        .setMatcher(EMITTER.emit(policy.enforced()))
                        .setShadowMatcher(EMITTER.emit(policy.shadow())))
                .build();
        return VirtualHost.newBuilder()
                .setName(name)
                .addDomains(name)
                .putTypedPerFilterConfig(RBAC_FILTER, Any.pack(rbac))
                .addRoutes(Route.newBuilder()
                        .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                        .setDirectResponse(DirectResponseAction.newBuilder().setStatus(200)))
                .build();
    }

    private static Bootstrap bootstrap(Path folder, RouteConfiguration.Builder routes) {
        // A denied call's rule is known only once it has been answered, so the log tells it and no header can.
        FileAccessLog log = FileAccessLog.newBuilder()
                .setPath(folder.resolve(LOG).toString())
                .setLogFormat(SubstitutionFormatString.newBuilder()
                        .setTextFormatSource(DataSource.newBuilder()
                                .setInlineString("%REQ(" + CALL + ")% %RESPONSE_CODE% %DYNAMIC_METADATA(" + RBAC_FILTER
                                        + ")%\n")))
                .build();
        HttpConnectionManager manager = HttpConnectionManager.newBuilder()
                .setStatPrefix("policies")
                .setNormalizePath(BoolValue.of(true))
                .setMergeSlashes(true)
                .setRouteConfig(routes)
                .addAccessLog(AccessLog.newBuilder()
                        .setName("envoy.access_loggers.file")
                        .setTypedConfig(Any.pack(log)))
                .addHttpFilters(NamedFilter.http(RBAC_FILTER, RBAC.getDefaultInstance()))
                .addHttpFilters(NamedFilter.http("envoy.filters.http.router", Router.getDefaultInstance()))
                .build();
        Filter filter = NamedFilter.network("envoy.filters.network.http_connection_manager", manager);
        return Bootstrap.newBuilder()
                .setStaticResources(Bootstrap.StaticResources.newBuilder()
                        .addListeners(Listener.newBuilder()
                                .setName("policies")
                                .setAddress(Address.newBuilder()
                                        .setPipe(Pipe.newBuilder()
                                                .setPath(folder.resolve(SOCKET).toString())))
                                .addFilterChains(FilterChain.newBuilder().addFilters(filter))))
                .build();
    }

    /** What is asked about one of the policies. */
    record Question(int policy, Probe probe) {}

    /** Asks all, over some connections at once; the answers are in the order of the questions. */
    List<Decision> decide(List<Question> questions) throws Exception {
        int first = asked;
        asked += questions.size();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int share = i;
                tasks.add(() -> ask(questions, first, share));
            }
            for (Future<Integer> task : threads.invokeAll(tasks)) {
                task.get();
            }
        }
        List<String> lines = awaitLog(asked);
        Decision[] decisions = new Decision[questions.size()];
        for (String line : lines) {
            String[] parts = line.split(" ", 3);
            int call = Integer.parseInt(parts[0]) - first;
            if (call >= 0) {
                decisions[call] = decision(parts[1], parts[2]);
            }
        }
        return List.of(decisions);
    }

    private int ask(List<Question> questions, int first, int share) throws IOException {
        try (KeepAliveHttp connection = new KeepAliveHttp(folder.resolve(SOCKET))) {
            for (int i = share; i < questions.size(); i += CONNECTIONS) {
                Probe probe = questions.get(i).probe();
                connection.call(probe.method() + " " + probe.path() + " HTTP/1.1\r\nhost: p"
                        + questions.get(i).policy() + "\r\n" + CALL + ": " + (first + i) + "\r\n" + CALLER + ": "
                        + probe.caller() + "\r\n\r\n");
            }
        }
        return share;
    }

    private List<String> awaitLog(int count) throws IOException {
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (true) {
            List<String> lines = Files.readString(folder.resolve(LOG))
                    .lines()
                    .filter(line -> line.endsWith("}"))
                    .toList();
            if (lines.size() >= count) {
                return lines;
            }
            if (Instant.now().isAfter(giveUp)) {
                throw new IOException("Envoy logged " + lines.size() + " of " + count + " calls");
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static Decision decision(String status, String facts) throws IOException {
        Action action = switch (status) {
            case "200" -> Action.ALLOW;
            case "403" -> Action.DENY;
            default -> throw new IOException("neither allowed nor denied: " + status + " " + facts);
        };
        boolean enforced = fact(facts, "enforced_engine_result").equals("allowed");
        if (enforced != (action == Action.ALLOW)) {
            throw new IOException("the log says otherwise than the answer: " + status + " " + facts);
        }
        Action shadow = fact(facts, "shadow_engine_result").equals("allowed") ? Action.ALLOW : Action.DENY;
        return new Decision(
                new Outcome(action, fact(facts, "enforced_effective_policy_id")),
                new Outcome(shadow, fact(facts, "shadow_effective_policy_id")));
    }

    private static String fact(String facts, String name) throws IOException {
        Matcher matcher = FACT.matcher(facts);
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) {
                return matcher.group(2);
            }
        }
        throw new IOException("no " + name + " in " + facts);
    }

    @Override
    public void close() {
        process.close();
    }
}
