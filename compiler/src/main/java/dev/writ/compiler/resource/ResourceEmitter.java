package dev.writ.compiler.resource;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.TlsPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a model as Kuma's resources: what a control plane must be given so that its calls are decided as the model decides them.
 * Generated CAs are left to it.
 *
 * <p>What Kuma has no word for is an error with the nearest thing it can say; then nothing is written, for a policy without one of
 * its rules is another policy.
 */
public final class ResourceEmitter {
    public static final String IDENTITIES = "mesh-identity.yaml";
    public static final String TRUSTS = "mesh-trust.yaml";
    public static final String PERMISSIONS = "mesh-traffic-permission.yaml";

    private ResourceEmitter() {}

    /** The files by their names, without those that would be empty; nothing if something was refused. */
    public static Optional<SortedMap<String, String>> emit(MeshModel model, DiagnosticSink sink) {
        DiagnosticSink refusals = new DiagnosticSink();
        SortedMap<String, String> files = new TreeMap<>();
        List<Map<String, Object>> identities = new ArrayList<>();
        List<Map<String, Object>> trusts = new ArrayList<>();
        List<Map<String, Object>> permissions = new ArrayList<>();
        for (Mesh mesh : model.meshes()) {
            refuseTls(mesh, refusals);
            ResourceFrame frame = ResourceFrame.of(mesh);
            mesh.identities().forEach(identity -> identities.add(IdentityResource.of(identity, frame, refusals)));
            mesh.trusts().forEach(trust -> TrustResource.of(trust, frame).ifPresent(trusts::add));
            PermissionResources writer = new PermissionResources(mesh, model.zonesOf(mesh.name()), frame, refusals);
            mesh.permissions().forEach(permission -> permissions.add(writer.of(permission)));
        }
        refusals.sorted().forEach(sink::add);
        if (refusals.hasErrors()) {
            return Optional.empty();
        }
        put(files, IDENTITIES, identities);
        put(files, TRUSTS, trusts);
        put(files, PERMISSIONS, permissions);
        return Optional.of(files);
    }

    // Without its CA or its MeshTLS a mesh would admit others than it does.
    private static void refuseTls(Mesh mesh, DiagnosticSink refusals) {
        if (mesh.mtls() != null) {
            refusals.add(
                    DiagnosticId.TARGET_UNSUPPORTED,
                    mesh.mtls().backend().name().span(),
                    "the target `resources` has no word for `mtls`, which Kuma 3 no longer has",
                    "give the workloads a MeshIdentity");
        }
        mesh.workloads().stream()
                .filter(workload -> workload.tls().stream().anyMatch(policy -> !policy.equals(TlsPolicy.NONE)))
                .findFirst()
                .ifPresent(workload -> refusals.add(
                        DiagnosticId.TARGET_UNSUPPORTED,
                        workload.span(),
                        "the target `resources` does not write the MeshTLS that this workload is under",
                        "leave it out of the sources, and apply it as it is"));
    }

    private static void put(SortedMap<String, String> files, String name, List<Map<String, Object>> resources) {
        if (!resources.isEmpty()) {
            files.put(name, ResourceText.of(resources));
        }
    }
}
