package dev.writ.compiler.importing;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.MeshTrust;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import dev.writ.compiler.syntax.Resource.MeshTrustResource;
import dev.writ.compiler.syntax.Resource.PermissionResource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Kuma's MeshIdentities, MeshTrusts and MeshTrafficPermissions in the Writ language, as one mesh's control plane reads them. What
 * it has no word for is an error, and then nothing is said: a policy without one of its rules is another policy.
 *
 * <p>Workloads, Meshes and the other kinds stay as they are, and so does a MeshTrust with an {@code origin}: the control plane
 * keeps it for a MeshIdentity.
 */
public final class PolicyImport {
    private PolicyImport() {}

    /**
     * @param text of a {@code .writ} file
     * @param left the resources that the text does not stand for
     */
    public record Imported(String text, int identities, int trusts, int permissions, List<Resource> left) {
        public Imported {
            left = List.copyOf(left);
        }
    }

    /**
     * @param resources what the model was built from
     * @param findings of {@code check} on it
     */
    public static Optional<Imported> of(
            MeshModel model, List<Resource> resources, List<Diagnostic> findings, DiagnosticSink sink) {
        List<Mesh> meshes = model.meshes().stream()
                .filter(mesh -> hasPolicy(mesh, resources))
                .toList();
        if (meshes.isEmpty()) {
            sink.add(
                    DiagnosticId.IMPORT_UNSUPPORTED,
                    null,
                    "the sources hold no MeshIdentity, MeshTrust or MeshTrafficPermission of Kuma's to import");
            return Optional.empty();
        }
        if (meshes.size() > 1) {
            sink.add(
                    DiagnosticId.IMPORT_UNSUPPORTED,
                    null,
                    "policies of several meshes or zones (" + named(meshes) + "), and a `.writ` file is about one mesh",
                    "import the files of each by itself");
            return Optional.empty();
        }
        DiagnosticSink refusals = new DiagnosticSink();
        Imported imported = of(meshes.getFirst(), resources, findings, refusals);
        refusals.sorted().forEach(sink::add);
        return refusals.hasErrors() ? Optional.empty() : Optional.of(imported);
    }

    private static Imported of(Mesh mesh, List<Resource> resources, List<Diagnostic> findings, DiagnosticSink sink) {
        List<String> parts = new ArrayList<>();
        parts.add("mesh " + WritWriter.name(mesh.name()) + "\n");
        IdentityText identities = new IdentityText(sink);
        NamesTaken identityNames = new NamesTaken("MeshIdentity", sink);
        mesh.identities().stream().filter(PolicyImport::isKumas).forEach(identity -> {
            identityNames.take(identity.name(), identity.span());
            identities.of(identity).ifPresent(parts::add);
        });
        int afterIdentities = parts.size();
        NamesTaken trustNames = new NamesTaken("MeshTrust", sink);
        mesh.trusts().stream().filter(PolicyImport::isPolicy).forEach(trust -> {
            trustNames.take(trust.name(), trust.span());
            parts.add(text(trust));
        });
        int afterTrusts = parts.size();
        PermissionText permissions = new PermissionText(mesh, findings, sink);
        Set<String> names = new HashSet<>();
        for (Permission permission : kumas(mesh, resources)) {
            String name = names.add(permission.name())
                    ? permission.name()
                    : permission.qualifiedName().replace('/', '-');
            names.add(name);
            permissions.of(permission, name).ifPresent(parts::add);
        }
        return new Imported(
                String.join("\n", parts),
                afterIdentities - 1,
                afterTrusts - afterIdentities,
                parts.size() - afterTrusts,
                resources.stream().filter(resource -> !isImported(resource)).toList());
    }

    private static String text(MeshTrust trust) {
        List<String> entries = new ArrayList<>();
        entries.add("domain " + WritWriter.text(trust.trustDomain()));
        trust.caBundles().forEach(bundle -> entries.add("bundle " + WritWriter.lines(bundle, "    ")));
        return WritWriter.block("trust " + WritWriter.name(trust.name()), entries);
    }

    private static boolean hasPolicy(Mesh mesh, List<Resource> resources) {
        return mesh.identities().stream().anyMatch(PolicyImport::isKumas)
                || mesh.trusts().stream().anyMatch(PolicyImport::isPolicy)
                || !kumas(mesh, resources).isEmpty();
    }

    private static boolean isKumas(MeshIdentity identity) {
        return isKumas(identity.resource().metadata());
    }

    private static boolean isKumas(Metadata metadata) {
        return metadata.form() != Metadata.Form.WRIT;
    }

    /** Without those that are Writ's already: of features and {@code .writ} files. */
    private static List<Permission> kumas(Mesh mesh, List<Resource> resources) {
        Set<SourceSpan> writs = resources.stream()
                .filter(resource -> resource instanceof PermissionResource permission && permission.ofFeature())
                .map(Resource::span)
                .collect(Collectors.toSet());
        return mesh.permissions().stream()
                .filter(permission -> !writs.contains(permission.span()))
                .toList();
    }

    /** Whether somebody wrote it: the others come of a MeshIdentity. */
    private static boolean isPolicy(MeshTrust trust) {
        return trust.originKri() == null
                && !trust.caBundles().isEmpty()
                && !trust.span().file().name().endsWith(".writ");
    }

    private static boolean isImported(Resource resource) {
        return resource instanceof MeshIdentityResource identity && isKumas(identity.metadata())
                || resource instanceof MeshTrustResource trust && isKumas(trust.metadata()) && trust.originKri() == null
                || resource instanceof PermissionResource permission && !permission.ofFeature();
    }

    private static String named(List<Mesh> meshes) {
        return String.join(
                ", ",
                meshes.stream()
                        .map(mesh -> "`" + mesh.name() + "` in `" + mesh.zone() + "`")
                        .toList());
    }
}
