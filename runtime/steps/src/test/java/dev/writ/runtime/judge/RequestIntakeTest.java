package dev.writ.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.envoy.config.HeaderHandling;
import dev.writ.compiler.envoy.config.HeaderHandling.PortOfHost;
import dev.writ.compiler.envoy.config.HeaderHandling.Underscores;
import dev.writ.compiler.envoy.config.NetworkFilter.HttpConnection;
import dev.writ.compiler.envoy.config.PathHandling;
import dev.writ.compiler.envoy.config.PathHandling.EscapedSlashes;
import dev.writ.compiler.envoy.config.RouteTable;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a connection manager makes of a request was tried on Envoy 1.40.0. */
class RequestIntakeTest {
    private static final String SOURCE = "10.0.0.5";

    private static RequestIntake.Result intake(Request.Builder request, HeaderHandling handling) {
        PathHandling paths = new PathHandling(false, false, EscapedSlashes.KEEP);
        Connection connection = new Connection(
                IpAddresses.parse(SOURCE),
                40000,
                IpAddresses.parse(SOURCE),
                null,
                5050,
                true,
                null,
                null,
                false,
                "",
                null);
        return RequestIntake.of(
                request.build(), connection, new HttpConnection(paths, handling, RouteTable.NONE, List.of()));
    }

    private static HttpRequest seen(Request.Builder request, HeaderHandling handling) {
        RequestIntake.Result result = intake(request, handling);
        assertThat(result).isInstanceOf(RequestIntake.Result.Seen.class);
        return ((RequestIntake.Result.Seen) result).request();
    }

    private static Request.Builder request() {
        return Request.from(new Peer.Anonymous());
    }

    private static HeaderHandling trusting(boolean useRemoteAddress, int hops) {
        return new HeaderHandling(useRemoteAddress, hops, false, PortOfHost.KEEP, Underscores.ALLOW);
    }

    private static @Nullable String text(@Nullable InetAddress address) {
        return address == null ? null : IpAddresses.text(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | 0 | 1.1.1.1           | 1.1.1.1",
                "false | 0 | 1.1.1.1, 2.2.2.2  | 2.2.2.2",
                "false | 1 | 1.1.1.1, 2.2.2.2  | 1.1.1.1",
                "false | 2 | 1.1.1.1, 2.2.2.2  | 10.0.0.5",
                "false | 0 | 2001:db8::1       | 2001:db8::1",
                "false | 0 | nonsense          | 10.0.0.5",
                "false | 1 | 1.1.1.1, nonsense | 1.1.1.1",
                "true  | 0 | 1.1.1.1, 2.2.2.2  | 10.0.0.5",
                "true  | 1 | 1.1.1.1, 2.2.2.2  | 2.2.2.2",
                "true  | 2 | 1.1.1.1, 2.2.2.2  | 1.1.1.1",
                "true  | 3 | 1.1.1.1, 2.2.2.2  | 10.0.0.5"
            })
    void whomARequestIsFromStandsBehindTheTrustedHops(
            boolean useRemoteAddress, int hops, String forwardedFor, String expected) {
        HttpRequest seen = seen(request().header("X-Forwarded-For", forwardedFor), trusting(useRemoteAddress, hops));
        assertThat(text(seen.remote())).isEqualTo(expected);
        assertThat(seen.remotePort()).isEqualTo(expected.equals(SOURCE) ? 40000 : 0);
    }

    @Test
    void severalHeadersAreOneListOfHops() {
        Request.Builder request = request().header("x-forwarded-for", "1.1.1.1").header("x-forwarded-for", "2.2.2.2");
        assertThat(text(seen(request, trusting(false, 1)).remote())).isEqualTo("1.1.1.1");
    }

    @Test
    void whomARequestIsFromIsOpenWhereNobodySaysItsHeadersAndTheyAreBelieved() {
        assertThat(seen(request().headersUnsaid(), trusting(false, 0)).remote()).isNull();
        assertThat(text(seen(request().headersUnsaid(), trusting(true, 0)).remote()))
                .isEqualTo(SOURCE);
    }

    @Test
    void aHeaderThatTheManagerSetsIsNotTold() {
        Request.Builder forwarded =
                request().header("x-forwarded-for", "1.1.1.1").header("x-request-id", "7");
        assertThat(seen(forwarded, trusting(false, 0)).values("x-forwarded-for"))
                .containsExactly("1.1.1.1");
        assertThat(seen(forwarded, trusting(true, 0)).values("x-forwarded-for")).isNull();
        assertThat(seen(forwarded, trusting(false, 0)).values("x-request-id")).isNull();
    }

    @Test
    void aCallersClientCertificateHeaderIsTakenAway() {
        Request.Builder request = request().header("x-forwarded-client-cert", "URI=x");
        assertThat(seen(request, HeaderHandling.DEFAULT).values("x-forwarded-client-cert"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "KEEP, shop.example:80, shop.example:80",
        "STRIP_ANY, shop.example:80, shop.example",
        "STRIP_ANY, '[2001:db8::1]', '[2001:db8::1]'",
        "STRIP_ANY, '[2001:db8::1]:80', '[2001:db8::1]'",
        "STRIP_MATCHING, shop.example:5050, shop.example",
        "STRIP_MATCHING, shop.example:80, shop.example:80"
    })
    void thePortOfTheHostIsKeptOrNot(PortOfHost handling, String host, String expected) {
        HeaderHandling stripping = new HeaderHandling(false, 0, false, handling, Underscores.ALLOW);
        assertThat(seen(request().host(host), stripping).authority()).isEqualTo(expected);
    }

    @Test
    void aHeaderWithAnUnderscoreIsTakenDroppedOrRefused() {
        Request.Builder request = request().header("x_role", "admin");
        assertThat(seen(request, underscores(Underscores.ALLOW)).values("x_role"))
                .containsExactly("admin");
        assertThat(seen(request, underscores(Underscores.DROP)).values("x_role"))
                .isEmpty();
        assertThat(intake(request, underscores(Underscores.REJECT))).isInstanceOf(RequestIntake.Result.Answered.class);
    }

    private static HeaderHandling underscores(Underscores underscores) {
        return new HeaderHandling(false, 0, false, PortOfHost.KEEP, underscores);
    }
}
