package dev.writ.runtime.identity;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.ArtifactLayout;
import dev.writ.compiler.model.IdentityProvider;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.MeshTrust;
import dev.writ.compiler.model.Workload;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Plays Kuma's bundled provider for a folder of artifacts ({@code writ issue}): into {@code secrets/} of each workload's folder go
 * a new SVID, its key and a bundle for each trust domain of the mesh; into {@code _trust/<mesh>/} the CA of each trust domain,
 * kept from run to run, and {@code mesh-trust.yaml}, the MeshTrusts that the control plane would make.
 *
 * <p>All is checked before anything is written, a stored CA that is broken or not ours included. Runs into one folder wait for
 * each other.
 */
public final class IdentityWriter {
    static final String MESH_TRUST = "mesh-trust.yaml";

    private static final String LOCK = ".lock";

    private final Instant now;

    public IdentityWriter(Instant now) {
        this.now = now;
    }

    /**
     * Writes the identities of the chosen workloads that are issued one.
     *
     * @param sink gets what stands in the way; then nothing was written, unless a disk failed halfway
     * @return what was written, by mesh and workload
     */
    public List<IssuedIdentity> write(MeshModel model, Predicate<Workload> chosen, Path out, DiagnosticSink sink) {
        IssuePlan plan = IssuePlan.of(model, chosen, out, sink);
        for (IssuePlan.MeshPart part : plan.meshes()) {
            part.mesh().trusts().forEach(trust -> TrustBundle.given(trust, sink));
        }
        try {
            if (!sink.hasErrors() && mayHoldKeys(plan, out, sink)) {
                return writeLocked(plan, out, sink);
            }
        } catch (IOException e) {
            sink.add(DiagnosticId.ARTIFACT_UNWRITABLE, null, "cannot write " + reason(e, out));
        }
        return List.of();
    }

    private boolean mayHoldKeys(IssuePlan plan, Path out, DiagnosticSink sink) throws IOException {
        AuthorityStore store = new AuthorityStore(out, now);
        List<Path> keys = plan.meshes().stream()
                .flatMap(part -> Stream.concat(
                        part.authorities().stream()
                                .map(domain -> store.keyFile(part.mesh().name(), domain)),
                        part.leaves().stream().map(IssuePlan.Leaf::keyFile)))
                .toList();
        return WorkTreeGuard.objection(out, keys)
                .map(objection -> {
                    sink.add(
                            DiagnosticId.ARTIFACT_KEY_IN_GIT,
                            null,
                            objection,
                            "add the folder to `.gitignore`, or choose one outside the work tree");
                    return false;
                })
                .orElse(true);
    }

    private List<IssuedIdentity> writeLocked(IssuePlan plan, Path out, DiagnosticSink sink) throws IOException {
        Path trust = Files.createDirectories(out.resolve(AuthorityStore.FOLDER));
        try (FileChannel channel =
                        FileChannel.open(trust.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Objects.requireNonNull(lock);
            AuthorityStore store = new AuthorityStore(out, now);
            if (!storedAreUsable(plan, store, sink)) {
                return List.of();
            }
            List<IssuedIdentity> written = new ArrayList<>();
            for (IssuePlan.MeshPart part : plan.meshes()) {
                written.addAll(writeMesh(part, store, trust, sink));
            }
            return written;
        } catch (OverlappingFileLockException e) {
            throw new IOException("another run writes into it", e);
        }
    }

    private static boolean storedAreUsable(IssuePlan plan, AuthorityStore store, DiagnosticSink sink)
            throws IOException {
        for (IssuePlan.MeshPart part : plan.meshes()) {
            for (String domain : part.authorities()) {
                if (store.load(part.mesh().name(), domain) instanceof AuthorityStore.Stored.Unusable unusable) {
                    sink.add(unusable.finding());
                }
            }
        }
        return !sink.hasErrors();
    }

    private List<IssuedIdentity> writeMesh(
            IssuePlan.MeshPart part, AuthorityStore store, Path trust, DiagnosticSink sink) throws IOException {
        Mesh mesh = part.mesh();
        Map<String, CertificateAuthority> authorities = new TreeMap<>();
        for (String domain : part.authorities()) {
            authorities.put(
                    domain,
                    store.load(mesh.name(), domain) instanceof AuthorityStore.Stored.Usable usable
                            ? usable.authority()
                            : store.create(mesh.name(), domain));
        }
        writeMeshTrusts(mesh, authorities, trust.resolve(mesh.name()), sink);
        Map<String, String> bundles = bundles(mesh, authorities, sink);
        List<IssuedIdentity> written = new ArrayList<>();
        for (IssuePlan.Leaf leaf : part.leaves()) {
            written.add(writeLeaf(leaf, authorities, bundles));
        }
        return written;
    }

    private static void writeMeshTrusts(
            Mesh mesh, Map<String, CertificateAuthority> authorities, Path folder, DiagnosticSink sink)
            throws IOException {
        List<String> documents = new ArrayList<>();
        for (MeshTrust trust : mesh.trusts()) {
            CertificateAuthority authority = authorities.get(trust.trustDomain());
            if (trust.generatedBy() != null && authority != null) {
                Set<String> bundles = new LinkedHashSet<>(TrustBundle.given(trust, sink));
                bundles.add(authority.certificatePem());
                documents.add(MeshTrustDocument.render(mesh, trust, trust.generatedBy(), List.copyOf(bundles)));
            }
        }
        if (!documents.isEmpty()) {
            SecretFolder target = SecretFolder.at(folder);
            target.stageCertificate(MESH_TRUST, String.join("---\n", documents));
            target.commit();
        }
    }

    /** PEM by trust domain: what the sources give, and our CA where a MeshIdentity makes the trust. */
    private static Map<String, String> bundles(
            Mesh mesh, Map<String, CertificateAuthority> authorities, DiagnosticSink sink) {
        Map<String, String> bundles = new LinkedHashMap<>();
        for (MeshTrust trust : mesh.trusts()) {
            String domain = trust.trustDomain();
            Set<String> certificates = new LinkedHashSet<>(TrustBundle.given(mesh, domain, sink));
            boolean generated = mesh.trusts().stream()
                    .anyMatch(other ->
                            other.generatedBy() != null && other.trustDomain().equals(domain));
            CertificateAuthority authority = authorities.get(domain);
            if (generated && authority != null) {
                certificates.add(authority.certificatePem());
            }
            bundles.put(domain, String.join("", certificates));
        }
        return bundles;
    }

    private IssuedIdentity writeLeaf(
            IssuePlan.Leaf leaf, Map<String, CertificateAuthority> authorities, Map<String, String> bundles)
            throws IOException {
        CertificateAuthority authority =
                Objects.requireNonNull(authorities.get(leaf.identity().id().trustDomain()));
        Duration expiry = expiry(leaf.identity().by().provider());
        Svid svid = new SvidIssuer(authority).issue(leaf.identity().id().toString(), expiry, now);
        SecretFolder folder = SecretFolder.at(leaf.folder().resolve(ArtifactLayout.SECRETS));
        Set<String> names = new LinkedHashSet<>(List.of(name(ArtifactLayout.SVID)));
        for (Map.Entry<String, String> bundle : bundles.entrySet()) {
            String name = name(ArtifactLayout.trustBundle(bundle.getKey()));
            names.add(name);
            folder.stageCertificate(name, bundle.getValue());
        }
        folder.stageKey(name(ArtifactLayout.SVID_KEY), Pem.encode(svid.key()));
        folder.stageCertificate(name(ArtifactLayout.SVID), Pem.encode(svid.certificate()));
        folder.commit();
        folder.keepOnly(names);
        return new IssuedIdentity(
                leaf.workload().key(),
                leaf.identity().id(),
                svid.certificate().getNotAfter().toInstant(),
                leaf.folder());
    }

    private static String name(String pathInArtifact) {
        return Path.of(pathInArtifact).getFileName().toString();
    }

    private static String reason(IOException e, Path out) {
        if (e instanceof FileSystemException files && files.getFile() != null) {
            return "`" + files.getFile() + "`: " + reason(files);
        }
        return "`" + out + "`: " + e.getMessage();
    }

    private static String reason(FileSystemException e) {
        return switch (e) {
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException exists -> "is there and no folder";
            case NoSuchFileException missing -> "no such file or folder";
            default -> Objects.requireNonNullElse(e.getReason(), "the file system refuses it");
        };
    }

    // What issues elsewhere says itself for how long; an hour is what a SPIRE server does where nobody tells it.
    private static Duration expiry(IdentityProvider provider) {
        return switch (provider) {
            case IdentityProvider.Bundled bundled -> bundled.expiry();
            case IdentityProvider.Spire spire -> Duration.ofHours(1);
            case IdentityProvider.Extension extension -> Duration.ofHours(1);
            case IdentityProvider.Unset unset -> Duration.ofHours(1);
        };
    }
}
