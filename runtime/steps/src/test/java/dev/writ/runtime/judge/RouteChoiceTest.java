package dev.writ.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.envoy.config.HeaderMatch;
import dev.writ.compiler.envoy.config.RouteTable;
import dev.writ.compiler.envoy.config.RouteTable.Change;
import dev.writ.compiler.envoy.config.RouteTable.PathTest;
import dev.writ.compiler.envoy.config.RouteTable.Route;
import dev.writ.compiler.envoy.config.RouteTable.VirtualHost;
import dev.writ.compiler.envoy.config.TextMatcher;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a route changes shows here by the name of the filter that it is for. */
class RouteChoiceTest {
    private static final Route ALL = route("/", "all");

    private static Map<String, Change> change(String name) {
        return Map.of(name, new Change.Disabled());
    }

    private static Route route(String prefix, String name) {
        return new Route(
                new PathTest.Matches(new TextMatcher.StartsWith(prefix, false)),
                List.of(),
                Optional.empty(),
                change(name));
    }

    private static VirtualHost host(String domain) {
        return new VirtualHost(List.of(domain), List.of(ALL), change(domain));
    }

    private static RouteTable table(Route... routes) {
        return new RouteTable(List.of(new VirtualHost(List.of("*"), List.of(routes), change("host"))), change("table"));
    }

    private static RouteChoice.Result choice(RouteTable table, @Nullable String host, String path) {
        Request request = Request.from(new Peer.Plaintext())
                .host(host)
                .path(path)
                .header("x-role", "admin")
                .build();
        return RouteChoice.of(table, RequestIntake.plain(request, null));
    }

    private static List<String> changed(RouteTable table, @Nullable String host, String path) {
        return List.copyOf(choice(table, host, path).overrides().keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example, shop.example",
        "SHOP.example, shop.example",
        "web.shop.example, *.shop.example",
        "web.example, *.example",
        "shop.test, shop.*",
        "other.test, *"
    })
    void theHostIsOfTheWholeDomainThenTheLongestSuffixThenTheLongestPrefix(String host, String expected) {
        RouteTable table = new RouteTable(
                List.of(host("*"), host("shop.*"), host("*.example"), host("*.shop.example"), host("shop.example")),
                Map.of());
        assertThat(changed(table, host, "/")).containsExactly(expected, "all");
    }

    @Test
    void theFirstRouteThatMatchesCounts() {
        RouteTable table = table(route("/api", "api"), route("/a", "a"), ALL);
        assertThat(changed(table, "any", "/api/v1")).containsExactly("table", "host", "api");
        assertThat(changed(table, "any", "/apis")).containsExactly("table", "host", "api");
        assertThat(changed(table, "any", "/a?b=/api")).containsExactly("table", "host", "a");
        assertThat(changed(table, "any", "/x")).containsExactly("table", "host", "all");
    }

    @Test
    void whatARouteSaysOfAFilterCountsMoreThanItsHostAndItsTable() {
        Change disabled = new Change.Disabled();
        Change open = new Change.NotModelled(new Unmodelled("of the route"));
        Route route = new Route(ALL.path(), List.of(), Optional.empty(), Map.of("filter", open));
        RouteTable table = new RouteTable(
                List.of(new VirtualHost(List.of("*"), List.of(route), Map.of("filter", disabled))),
                Map.of("filter", disabled));
        assertThat(choice(table, "any", "/").overrides()).containsExactly(Map.entry("filter", open));
    }

    @Test
    void withoutAHostTheTableCountsAndWithoutARouteNothing() {
        RouteTable table = new RouteTable(
                List.of(new VirtualHost(List.of("shop.example"), List.of(route("/api", "api")), change("host"))),
                change("table"));
        assertThat(changed(table, "other", "/api")).containsExactly("table");
        assertThat(changed(table, "shop.example", "/x")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/api, true", "/api/v1, true", "/apis, false", "/API/v1, true", "/, false"})
    void aSeparatedPrefixEndsAtASlash(String path, boolean matches) {
        Route below = new Route(new PathTest.Below("/api", true), List.of(), Optional.empty(), change("below"));
        assertThat(changed(table(below), "any", path).contains("below")).isEqualTo(matches);
    }

    @Test
    void aRouteMayAskForHeadersToo() {
        TextMatcher admin = new TextMatcher.Exact("admin", false);
        HeaderMatch role = new HeaderMatch("x-role", new HeaderMatch.Test.Text(admin), false, false);
        HeaderMatch notRole = new HeaderMatch("x-role", new HeaderMatch.Test.Text(admin), true, false);
        Route asking = new Route(ALL.path(), List.of(role), Optional.empty(), change("asking"));
        Route refusing = new Route(ALL.path(), List.of(notRole), Optional.empty(), change("refusing"));
        assertThat(changed(table(refusing, asking, ALL), "any", "/")).contains("asking");
    }

    @Test
    void aConditionThatIsNotModelledIsUnknownUnlessThePathExcludesIt() {
        Route open = new Route(
                route("/api", "open").path(), List.of(), Optional.of(new Unmodelled("by cookie")), change("open"));
        assertThat(choice(table(open, ALL), "any", "/api").unknown()).isEqualTo("by cookie");
        assertThat(changed(table(open, ALL), "any", "/x")).contains("all");
    }

    @Test
    void aHostThatNobodySaysIsUnknownWhereSomethingHangsOnIt() {
        RouteTable table = new RouteTable(List.of(host("*"), host("shop.example")), Map.of());
        assertThat(choice(table, null, "/").unknown()).isEqualTo("the request does not say its host");
        assertThat(choice(table(ALL), null, "/").unknown()).isNull();
        assertThat(choice(RouteTable.ELSEWHERE, "any", "/").unknown()).contains("are not in the config");
    }
}
