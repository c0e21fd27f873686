package dev.writ.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.config.AnyConfig;
import dev.writ.compiler.envoy.config.AnyConfigReader;
import dev.writ.compiler.source.SourceFile;
import java.util.List;
import java.util.Optional;

/** Rules or a matcher in YAML without any filter around them, and one request of which everything is said. */
final class LoneRbac {
    private LoneRbac() {}

    static Verdict decide(String rbac, Request request) {
        AnyConfig config = new AnyConfigReader(path -> Optional.empty())
                .read(new SourceFile("rbac.yaml", rbac), new DiagnosticSink());
        assertThat(config.refusals()).as(rbac).isEmpty();
        assertThat(config.filters()).as(rbac).hasSize(1);
        return Decider.ofFilters(List.of(config.filters().getFirst().rbac()))
                .decide(request)
                .verdict();
    }

    /** Rules that allow what this permission and this principal match. */
    static Verdict decide(String permission, String principal, Request request) {
        return decide(
                "{policies: {p: {permissions: [{" + permission + "}], principals: [{" + principal + "}]}}}", request);
    }

    static Request.Builder request() {
        Peer web = new Peer.Certificate(
                List.of("spiffe://a.example/web", "spiffe://a.example/web2"),
                List.of("web.a.example", "*.b.example"),
                "CN=web,O=Acme",
                new Peer.Issuer.Trusted(),
                null);
        return Request.from(web)
                .serverName("KV.a.example")
                .source("10.0.0.5", 40000)
                .destination("10.1.0.1", 5050)
                .method("POST")
                .path("/api/v1?x=1")
                .host("kv.a.example:5050")
                .header("X-Role", "admin")
                .header("x-role", "user")
                .header("x-n", "5");
    }
}
