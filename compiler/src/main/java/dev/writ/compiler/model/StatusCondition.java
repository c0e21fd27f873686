package dev.writ.compiler.model;

/**
 * A condition as Kuma's control plane would set it in a MeshIdentity's status ({@code meshidentity/status/updater.go}).
 *
 * @param type {@code DependenciesReady}, {@code Provider}, {@code MeshTrustCreated}, {@code SpiffeIDProvider} or {@code Ready}
 * @param status {@code True}, {@code False} or {@code Unknown}
 */
public record StatusCondition(String type, String status, String reason, String message) {
    public boolean isTrue() {
        return status.equals("True");
    }
}
