package dev.writ.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.writ.compiler.conformance.ConformanceArea;
import dev.writ.compiler.conformance.RecordedResources;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.MeshTrust;
import dev.writ.compiler.model.ModelBuilder;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.StatusCondition;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.syntax.DataSource;
import dev.writ.compiler.syntax.ProviderSyntax;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import dev.writ.compiler.syntax.Resource.MeshTrustResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Kuma's control plane makes of a MeshIdentity: its CA, its status, its MeshTrust. */
class MeshIdentityConformanceTest {
    private static final Map<String, Integer> USAGES =
            Map.of("keyCertSign", KeyUsage.keyCertSign, "cRLSign", KeyUsage.cRLSign);

    @TempDir
    private Path out = Path.of("");

    @Test
    void aCaIsUsableWhereKumaSaysSo() throws IOException {
        ConformanceArea.of("meshidentity-bundled-provider").verify(one -> {
            JsonNode given = one.yaml("case.yaml");
            if (given.has("expectedSecrets")) {
                MeshIdentity identity = identity(given.path("identityName").asText(), bundled(false, null));
                assertThat(identity.conditions())
                        .extracting(StatusCondition::reason)
                        .contains("Failure");
                assertThat(given.path("expectedSecrets")).isEmpty();
                return;
            }
            String message = identity("identity", bundled(false, ca(given.path("ca")))).conditions().stream()
                    .filter(condition -> condition.type().equals("Provider") && !condition.isTrue())
                    .map(StatusCondition::message)
                    .findFirst()
                    .orElse(null);
            if (given.path("expectedErrorContains").isTextual()) {
                assertThat(message).contains(given.path("expectedErrorContains").asText());
            } else {
                assertThat(message).isNull();
            }
        });
    }

    @Test
    void theStatusIsWhatKumaSets() throws IOException {
        ConformanceArea.of("meshidentity-status").verify(one -> {
            JsonNode given = one.yaml("case.yaml");
            if (given.path("expected").isTextual()) {
                assertThatCasStay();
                return;
            }
            String name = given.path("identityName").asText("identity");
            boolean isProvided = !given.path("identity").has("provider");
            List<Resource> resources = new ArrayList<>();
            resources.add(identityResource(name, isProvided ? bundled(true, null) : null));
            JsonNode trust = given.path("existingMeshTrust");
            if (trust.isObject()) {
                resources.add(trust(
                        trust.path("name").asText(), trust.path("caBundles").asInt()));
            }
            MeshModel model = build(resources);
            List<StatusCondition> expected = new ArrayList<>();
            for (JsonNode condition : given.path("expectedConditions")) {
                expected.add(new StatusCondition(
                        condition.path("type").asText(),
                        condition.path("status").asText(),
                        condition.path("reason").asText(),
                        condition.path("message").asText()));
            }
            assertThat(model.meshes().getFirst().identities().getFirst().conditions())
                    .isEqualTo(expected);
            if (given.has("expectedMeshTrust")) {
                MeshTrust joined = model.meshes().getFirst().trusts().getFirst();
                assertThat(joined.caBundles().size() + (joined.hasUnknownCa() ? 1 : 0))
                        .isEqualTo(given.path("expectedMeshTrust")
                                .path("caBundles")
                                .asInt());
            }
        });
    }

    private void assertThatCasStay() throws IOException {
        List<String> cas = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            DiagnosticSink sink = new DiagnosticSink();
            new IdentityWriter(Instant.now()).write(DemoMesh.model(), workload -> true, out, sink);
            assertThat(sink.sorted()).isEmpty();
            cas.add(Files.readString(out.resolve("_trust/default/" + DemoMesh.TRUST_DOMAIN + "/ca.pem")));
        }
        assertThat(cas.get(1)).isEqualTo(cas.get(0));
    }

    private static ProviderSyntax.Bundled bundled(boolean autogenerate, ProviderSyntax.@Nullable UserCa ca) {
        return new ProviderSyntax.Bundled(true, true, autogenerate, ca, null, RecordedResources.PLACE);
    }

    private static ProviderSyntax.UserCa ca(JsonNode given) {
        int usage = 0;
        for (JsonNode name : given.path("keyUsage")) {
            usage |= Objects.requireNonNull(USAGES.get(name.asText()));
        }
        UserCa ca = UserCa.of("EC", given.path("isCA").asBoolean(), usage);
        UserCa ofKey = given.has("privateKey") ? UserCa.of("EC", true, usage) : ca;
        return new ProviderSyntax.UserCa(inline(ca.certificatePem()), inline(ofKey.keyPem()), RecordedResources.PLACE);
    }

    private static DataSource inline(String text) {
        return new DataSource.Inline(RecordedResources.text(text), RecordedResources.PLACE);
    }

    private static Resource trust(String name, int bundles) {
        List<dev.writ.compiler.source.SourceText> texts = new ArrayList<>();
        for (int i = 0; i < bundles; i++) {
            texts.add(RecordedResources.text(
                    UserCa.of("EC", true, KeyUsage.keyCertSign).certificatePem()));
        }
        return new MeshTrustResource(
                RecordedResources.metadata(name, "kuma-system", Map.of()),
                RecordedResources.PLACE,
                RecordedResources.text("default.default.mesh.local"),
                texts,
                null);
    }

    private static MeshIdentityResource identityResource(String name, @Nullable ProviderSyntax provider) {
        return new MeshIdentityResource(
                RecordedResources.metadata(name, "kuma-system", Map.of()),
                RecordedResources.PLACE,
                Map.of(),
                null,
                null,
                provider);
    }

    private static MeshIdentity identity(String name, ProviderSyntax provider) {
        return build(List.of(identityResource(name, provider)))
                .meshes()
                .getFirst()
                .identities()
                .getFirst();
    }

    private static MeshModel build(List<Resource> resources) {
        return ModelBuilder.build(resources, ModelOptions.DEFAULT.withTarget(Target.KUMA_3), new DiagnosticSink());
    }
}
