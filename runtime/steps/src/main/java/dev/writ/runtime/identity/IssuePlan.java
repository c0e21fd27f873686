package dev.writ.runtime.identity;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.ArtifactLayout;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.MeshTrust;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a run of {@link IdentityWriter} is about to write, and whether it may: nothing of it touches a file. */
record IssuePlan(List<MeshPart> meshes) {
    /** Names that stand for themselves as a file name, whatever the file system. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    /**
     * One mesh.
     *
     * @param authorities the trust domains that need a CA of ours, sorted
     */
    record MeshPart(Mesh mesh, List<String> authorities, List<Leaf> leaves) {}

    /** One workload's SVID. */
    record Leaf(Workload workload, WorkloadIdentity.Issued identity, Path folder) {
        Path keyFile() {
            return folder.resolve(ArtifactLayout.SVID_KEY);
        }
    }

    static IssuePlan of(MeshModel model, Predicate<Workload> chosen, Path out, DiagnosticSink sink) {
        Map<Path, Workload> folders = new HashMap<>();
        List<MeshPart> parts = new ArrayList<>();
        for (Mesh mesh : model.meshes()) {
            List<Leaf> leaves = mesh.workloads().stream()
                    .filter(chosen)
                    .filter(workload -> workload.identity() instanceof WorkloadIdentity.Issued)
                    .flatMap(workload -> leaf(workload, out, folders, sink).stream())
                    .toList();
            TreeSet<String> authorities = new TreeSet<>();
            leaves.forEach(leaf -> authorities.add(leaf.identity().id().trustDomain()));
            mesh.trusts().stream()
                    .filter(trust -> trust.generatedBy() != null)
                    .forEach(trust -> authorities.add(trust.trustDomain()));
            if (checkNames(mesh, authorities, sink)) {
                parts.add(new MeshPart(mesh, List.copyOf(authorities), leaves));
            }
        }
        return new IssuePlan(List.copyOf(parts));
    }

    private static List<Leaf> leaf(Workload workload, Path out, Map<Path, Workload> folders, DiagnosticSink sink) {
        if (!(workload.identity() instanceof WorkloadIdentity.Issued issued)) {
            return List.of();
        }
        Path folder;
        try {
            folder = ArtifactLayout.folder(out, workload.key());
        } catch (IllegalArgumentException e) {
            sink.add(
                    DiagnosticId.ARTIFACT_UNWRITABLE,
                    workload.span(),
                    "the workload `" + workload.key() + "` has no name that could name a folder");
            return List.of();
        }
        if (folder.startsWith(out.resolve(AuthorityStore.FOLDER))) {
            sink.add(
                    DiagnosticId.ARTIFACT_UNWRITABLE,
                    workload.span(),
                    "the workload `" + workload.key() + "` has the name of the folder that holds the CAs");
            return List.of();
        }
        @Nullable Workload other = folders.putIfAbsent(folder, workload);
        if (other != null) {
            sink.add(
                    DiagnosticId.ARTIFACT_UNWRITABLE,
                    workload.span(),
                    "`" + workload.key().fullName() + "` and `" + other.key().fullName()
                            + "` would be written into one folder",
                    "issue them into different folders, one by one with `--workload`");
            return List.of();
        }
        return List.of(new Leaf(workload, issued, folder));
    }

    // Trust domains and meshes become names of files and folders.
    private static boolean checkNames(Mesh mesh, TreeSet<String> authorities, DiagnosticSink sink) {
        TreeSet<String> names = new TreeSet<>(authorities);
        mesh.trusts().stream().map(MeshTrust::trustDomain).forEach(names::add);
        boolean fine = checkName("mesh", mesh.name(), sink);
        for (String name : names) {
            fine &= checkName("trust domain", name, sink);
        }
        return fine;
    }

    private static boolean checkName(String what, String name, DiagnosticSink sink) {
        boolean isSvid = ArtifactLayout.trustBundle(name).equals(ArtifactLayout.SVID);
        if (PLAIN_NAME.matcher(name).matches() && !isSvid) {
            return true;
        }
        sink.add(DiagnosticId.ARTIFACT_UNWRITABLE, null, "the " + what + " `" + name + "` cannot name a file");
        return false;
    }
}
