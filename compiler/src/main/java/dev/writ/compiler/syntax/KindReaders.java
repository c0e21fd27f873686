package dev.writ.compiler.syntax;

import dev.writ.compiler.syntax.Resource.NamespaceResource;
import org.jspecify.annotations.Nullable;

/** The reader of each modelled kind. */
final class KindReaders {
    private KindReaders() {}

    /** The resource; null where findings say why there is none. */
    static @Nullable Resource read(Document document) {
        return switch (document.kind().value()) {
            case "Mesh" -> MeshReader.read(document);
            case "MeshIdentity" -> MeshIdentityReader.read(document);
            case "MeshTrust" -> MeshTrustReader.read(document);
            case "MeshTrafficPermission" -> PermissionReader.read(document);
            case "MeshTLS" -> MeshTlsReader.read(document);
            case "MeshService" -> MeshServiceReader.read(document);
            case "ClusterSPIFFEID" -> ClusterSpiffeIdReader.read(document);
            case "Secret" -> SecretReader.read(document);
            case "Dataplane" -> DataplaneReader.read(document);
            case "Namespace" ->
                new NamespaceResource(
                        document.metadata(), document.metadata().name().span());
            case "Service" -> ServiceReader.read(document);
            case "Pod" -> PodReader.readPod(document);
            case "CronJob" -> PodReader.readCronJob(document);
            case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job" -> PodReader.readOwner(document);
            default ->
                throw new IllegalStateException(
                        "no reader for " + document.kind().value());
        };
    }
}
