package dev.writ.compiler.envoy.kuma;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.writ.compiler.envoy.GeneratedText;
import dev.writ.compiler.model.IdentityProvider.Bundled;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshTrust;
import dev.writ.compiler.model.Workload;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes the secrets that the control plane sends a proxy ({@code meshtrust/generator/v1alpha1/secrets.go}, {@code
 * meshidentity/generator}, up to 2.14 {@code xds/generator/secrets}). What it does not send is not there: with SPIRE, nothing.
 */
final class KumaSecrets {
    private KumaSecrets() {}

    static List<Secret> of(Mesh mesh, Workload workload, Optional<Credentials> credentials) {
        SortedMap<String, Secret> secrets = new TreeMap<>();
        boolean withTrusts = !mesh.trusts().isEmpty();
        if (credentials.isEmpty()) {
            return withTrusts ? List.of(trustBundle(mesh)) : List.of();
        }
        switch (credentials.get()) {
            case Credentials.OfSpire spire -> {}
            case Credentials.OfMeshIdentity identity -> {
                String name = identity.identity().kri();
                secrets.put(name, certificate(name, identity.spiffeId()));
                if (withTrusts) {
                    secrets.put(Credentials.TRUST_BUNDLE, trustBundle(mesh));
                }
            }
            case Credentials.OfMesh builtin -> {
                String name = builtin.identitySecret();
                secrets.put(name, certificate(name, workload.key() + " in mesh " + mesh.name()));
                if (withTrusts) {
                    secrets.put(Credentials.TRUST_BUNDLE, trustBundle(mesh));
                } else {
                    secrets.put(builtin.caSecret(), meshCa(builtin.caSecret(), mesh.name()));
                }
            }
        }
        return List.copyOf(secrets.values());
    }

    private static Secret certificate(String name, String spiffeId) {
        return Secret.newBuilder()
                .setName(name)
                .setTlsCertificate(TlsCertificate.newBuilder()
                        .setCertificateChain(generated(GeneratedText.certificate(spiffeId)))
                        .setPrivateKey(generated(GeneratedText.privateKey(spiffeId))))
                .build();
    }

    private static Secret meshCa(String name, String mesh) {
        return Secret.newBuilder()
                .setName(name)
                .setValidationContext(CertificateValidationContext.newBuilder()
                        .setTrustedCa(generated(GeneratedText.ca("mesh " + mesh))))
                .build();
    }

    /** For each trust domain its CAs, those of all MeshTrusts; beside them the mesh's own (up to 2.14). */
    private static Secret trustBundle(Mesh mesh) {
        SortedMap<String, List<String>> casByTrustDomain = new TreeMap<>();
        for (MeshTrust trust : mesh.trusts()) {
            casByTrustDomain
                    .computeIfAbsent(trust.trustDomain(), domain -> new ArrayList<>())
                    .addAll(cas(trust));
        }
        if (mesh.mtls() != null) {
            casByTrustDomain
                    .computeIfAbsent(mesh.name(), domain -> new ArrayList<>())
                    .add(GeneratedText.ca("mesh " + mesh.name()));
        }
        return trustBundle(casByTrustDomain);
    }

    /** A MeshIdentity's own CA comes last: it is appended to what its MeshTrust has. */
    private static List<String> cas(MeshTrust trust) {
        List<String> cas = new ArrayList<>(trust.caBundles());
        boolean generated = trust.generatedBy() != null
                && !(trust.generatedBy().provider() instanceof Bundled bundled && bundled.userCa() != null);
        if (generated && cas.isEmpty()) {
            cas.add(GeneratedText.ca(trust.trustDomain()));
        }
        return cas;
    }

    static Secret trustBundle(Map<String, List<String>> casByTrustDomain) {
        SPIFFECertValidatorConfig.Builder validator = SPIFFECertValidatorConfig.newBuilder();
        new TreeMap<>(casByTrustDomain)
                .forEach((trustDomain, cas) ->
                        validator.addTrustDomains(SPIFFECertValidatorConfig.TrustDomain.newBuilder()
                                .setName(trustDomain)
                                .setTrustBundle(source(String.join("\n", cas)))));
        return Secret.newBuilder()
                .setName(Credentials.TRUST_BUNDLE)
                .setValidationContext(CertificateValidationContext.newBuilder()
                        .setCustomValidatorConfig(TypedExtensionConfig.newBuilder()
                                .setName("envoy.tls.cert_validator.spiffe")
                                .setTypedConfig(Any.pack(validator.build()))))
                .build();
    }

    private static DataSource source(String text) {
        DataSource generated = generated(text);
        return GeneratedText.isIn(generated)
                ? generated
                : DataSource.newBuilder()
                        .setInlineBytes(ByteString.copyFromUtf8(text))
                        .build();
    }

    private static DataSource generated(String text) {
        return DataSource.newBuilder().setInlineString(text).build();
    }
}
