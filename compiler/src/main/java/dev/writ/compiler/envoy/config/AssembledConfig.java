package dev.writ.compiler.envoy.config;

import com.github.xds.type.matcher.v3.Matcher;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.config.AnyConfig.LoneFilter;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.YamlNode;
import dev.writ.compiler.syntax.YamlNode.Entry;
import dev.writ.compiler.syntax.YamlNode.Mapping;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import dev.writ.compiler.syntax.YamlNode.Sequence;
import dev.writ.compiler.syntax.YamlReader;
import io.envoyproxy.envoy.admin.v3.ConfigDump;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBACPerRoute;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The parts of a config as they are found, with the secrets and routes that listeners name; then all of it decoded. */
final class AssembledConfig {
    private final Function<String, Optional<String>> files;
    private final Decoding decoding = new Decoding();
    private final MessageReader messages = new MessageReader(decoding);
    private int found;
    private boolean printed;
    private final Map<String, Listener> listeners = new LinkedHashMap<>();
    private final List<Secret> secrets = new ArrayList<>();
    private final List<Secret> fromBootstrap = new ArrayList<>();
    private final Map<String, RouteConfiguration> routes = new LinkedHashMap<>();
    private final List<LoneFilter> filters = new ArrayList<>();
    private final List<Unmodelled> unmodelled = new ArrayList<>();
    private final List<Runnable> lone = new ArrayList<>();

    AssembledConfig(Function<String, Optional<String>> files) {
        this.files = files;
    }

    void refuse(String reason) {
        decoding.refuse("", reason);
    }

    void add(YamlNode node) {
        decoding.places().put("", node.span());
        if (!(node instanceof Mapping mapping)) {
            refuse("no config of Envoy: not a mapping");
            return;
        }
        if (ConfigForm.isRecording(mapping)) {
            printed = true;
            mapping.entries().forEach(this::addRecorded);
            return;
        }
        Optional<ConfigKind> kind =
                ConfigForm.type(mapping).flatMap(ConfigKind::ofType).or(() -> ConfigKind.of(mapping));
        if (kind.isEmpty()) {
            refuse("no config of Envoy that Writ decides by: a bootstrap, a listener, an RBAC filter, a config dump");
        } else if (kind.get() == ConfigKind.CONFIG_DUMP) {
            printed = true;
            mapping.entries().forEach(entry -> dump(entry.value(), entry.key().value()));
        } else {
            messages.read(mapping, kind.get().prototype(), "").ifPresent(message -> add(kind.get(), message, ""));
        }
    }

    private void addRecorded(Entry part) {
        String name = part.key().value();
        List<YamlNode> nodes = switch (part.value()) {
            case Sequence list -> list.items();
            case Mapping byName ->
                byName.entries().stream()
                        .filter(entry -> !entry.key().value().endsWith("!error"))
                        .map(Entry::value)
                        .toList();
            case Scalar scalar -> List.of();
        };
        for (YamlNode node : nodes) {
            if (name.equals("listeners")) {
                listener(node, name);
            } else if (name.equals("secrets")) {
                messages.read(node, Secret.getDefaultInstance(), name).ifPresent(secrets::add);
            }
        }
    }

    /** Listeners, secrets, routes and the bootstrap, wherever a dump has them. */
    private void dump(YamlNode node, String place) {
        switch (node) {
            case Scalar scalar -> {}
            case Sequence list -> {
                for (int i = 0; i < list.items().size(); i++) {
                    dump(list.items().get(i), place + "[" + i + "]");
                }
            }
            case Mapping mapping -> {
                for (Entry entry : mapping.entries()) {
                    String at = place + "." + entry.key().value();
                    switch (ConfigKind.snakeCase(entry.key().value())) {
                        case "listener" -> listener(entry.value(), at);
                        case "secret" ->
                            messages.read(entry.value(), Secret.getDefaultInstance(), at)
                                    .ifPresent(secrets::add);
                        case "route_config" ->
                            messages.read(entry.value(), RouteConfiguration.getDefaultInstance(), at)
                                    .ifPresent(table -> routes.put(table.getName(), table));
                        // What Envoy refused, or is about to forget; the bootstrap's listeners are in the dump of
                        // listeners.
                        case "bootstrap", "error_state", "draining_state", "cluster" -> {}
                        default -> dump(entry.value(), at);
                    }
                }
            }
        }
    }

    /** Of two states of one listener the later: one that is warming was sent after the active one. */
    private void listener(YamlNode node, String place) {
        String at = place + "#" + found++;
        messages.read(node, Listener.getDefaultInstance(), at).ifPresent(listener -> put(at, listener));
    }

    private void put(String place, Listener listener) {
        listeners
                .values()
                .removeIf(other -> !other.getName().isEmpty() && other.getName().equals(listener.getName()));
        listeners.put(place, listener);
    }

    void add(ConfigKind kind, Message message, String place) {
        switch (kind) {
            case CONFIG_DUMP -> {
                printed = true;
                new BinaryDump(decoding, this::addResource).read((ConfigDump) message, place);
            }
            case DISCOVERY -> {
                List<Any> parts = ((DiscoveryResponse) message).getResourcesList();
                for (int i = 0; i < parts.size(); i++) {
                    addResource(parts.get(i), place + ".resources[" + i + "]");
                }
            }
            case BOOTSTRAP -> addBootstrap((Bootstrap) message, place);
            case LISTENER -> listeners.put(place, (Listener) message);
            case FILTER_CHAIN -> {
                decoding.places().repeat(place, place + ".filter_chains[0]");
                listeners.put(
                        place,
                        Listener.newBuilder()
                                .addFilterChains((FilterChain) message)
                                .build());
            }
            case CONNECTION_MANAGER -> {
                decoding.places().repeat(place, place + ".filter_chains[0].filters[0]");
                listeners.put(
                        place,
                        Listener.newBuilder()
                                .addFilterChains(FilterChain.newBuilder()
                                        .addFilters(Filter.newBuilder()
                                                .setName("http")
                                                .setTypedConfig(Any.pack(message))))
                                .build());
            }
            case WRAPPED -> addWrapped((Filter) message, place);
            case RULES, NETWORK_FILTER, HTTP_FILTER, PER_ROUTE, MATCHER ->
                lone.add(() -> filters.add(new LoneFilter("", fieldsOf(kind, place), lone(kind, message, place))));
        }
    }

    private void addResource(Any resource, String place) {
        if (resource.is(Listener.class)) {
            decoding.unpack(resource, Listener.class, place).ifPresent(listener -> put(place, listener));
        } else if (resource.is(Secret.class)) {
            decoding.unpack(resource, Secret.class, place).ifPresent(secrets::add);
        } else if (resource.is(RouteConfiguration.class)) {
            decoding.unpack(resource, RouteConfiguration.class, place)
                    .ifPresent(table -> routes.put(table.getName(), table));
        }
    }

    private void addBootstrap(Bootstrap bootstrap, String place) {
        decoding.requireKnown(bootstrap, place);
        decoding.requireRules(bootstrap, place);
        decoding.beyond(bootstrap, EnvoyConfigReader.HARMLESS_IN_BOOTSTRAP, place)
                .ifPresent(unmodelled::add);
        fromBootstrap.addAll(bootstrap.getStaticResources().getSecretsList());
        for (int i = 0; i < bootstrap.getStaticResources().getListenersCount(); i++) {
            listeners.put(
                    place + ".static_resources.listeners[" + i + "]",
                    bootstrap.getStaticResources().getListeners(i));
        }
    }

    private void addWrapped(Filter filter, String place) {
        String type = Decoding.typeName(filter.getTypedConfig());
        Optional<ConfigKind> kind = ConfigKind.ofType(type);
        if (kind.isEmpty()) {
            decoding.refuse(place, "`" + type + "` is no filter that Writ decides by");
            return;
        }
        Optional<? extends Message> inner =
                decoding.unpack(filter.getTypedConfig(), kind.get().prototype().getClass(), place);
        inner.ifPresent(message -> add(kind.get(), message, place));
    }

    /** Bare rules and matchers stand in for a filter; the RBAC of a route is in it. */
    private static String fieldsOf(ConfigKind kind, String place) {
        return kind == ConfigKind.PER_ROUTE ? place + ".rbac" : place;
    }

    private Rbac lone(ConfigKind kind, Message message, String place) {
        decoding.requireKnown(message, place);
        decoding.requireRules(message, place);
        RbacDecoder http = new RbacDecoder(decoding, RbacDecoder.Layer.HTTP);
        RbacDecoder network = new RbacDecoder(decoding, RbacDecoder.Layer.NETWORK);
        return switch (message) {
            case RBAC rules -> http.decode(rules, place);
            case io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC filter -> http.decode(filter, place);
            case io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC filter -> network.decode(filter, place);
            case RBACPerRoute route -> http.decode(route.getRbac(), place + ".rbac");
            case Matcher matcher -> http.decode(matcher, place);
            default -> throw new IllegalStateException("no filter: " + kind);
        };
    }

    AnyConfig decode() {
        secrets.forEach(secret -> {
            decoding.requireKnown(secret, "secret `" + secret.getName() + "`");
            decoding.requireRules(secret, "secret `" + secret.getName() + "`");
        });
        ListenerDecoder decoder = new ListenerDecoder(
                decoding,
                new Secrets(
                        decoding,
                        this::secretsIn,
                        fromBootstrap,
                        secrets.isEmpty() ? Optional.empty() : Optional.of(secrets),
                        List.of()),
                routes);
        List<InboundListener> decoded = new ArrayList<>();
        List<String> places = new ArrayList<>();
        boolean inbound = listeners.values().stream().anyMatch(AssembledConfig::isInbound);
        listeners.forEach((place, listener) -> {
            // A proxy's own application makes its calls by the others.
            if (inbound && !isInbound(listener)) {
                return;
            }
            decoding.requireKnown(listener, place);
            decoding.requireRules(listener, place);
            decoded.add(decoder.decode(listener, place));
            places.add(place);
        });
        lone.forEach(Runnable::run);
        return new AnyConfig(
                new EnvoyConfig(decoded, unmodelled),
                filters,
                decoding.refusals(),
                decoding.open(),
                decoding.bundleFiles(),
                places,
                decoding.places(),
                printed);
    }

    private static boolean isInbound(Listener listener) {
        return listener.getTrafficDirection() != TrafficDirection.OUTBOUND;
    }

    /** The secrets in a file that a listener names; empty if it is not at hand. */
    private Optional<List<Secret>> secretsIn(String path) {
        return files.apply(path).map(text -> {
            DiagnosticSink broken = new DiagnosticSink();
            List<Secret> found = new ArrayList<>();
            for (YamlNode node : new YamlReader().read(SourceText.whole(new SourceFile(path, text)), broken)) {
                messages.read(node, DiscoveryResponse.getDefaultInstance(), path)
                        .ifPresent(response -> response.getResourcesList()
                                .forEach(any ->
                                        decoding.unpack(any, Secret.class, path).ifPresent(found::add)));
            }
            if (broken.hasErrors()) {
                decoding.refuse(path, "not well-formed");
            }
            return found;
        });
    }
}
