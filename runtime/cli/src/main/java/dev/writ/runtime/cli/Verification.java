package dev.writ.runtime.cli;

import dev.writ.compiler.envoy.kuma.ConfigWords;
import dev.writ.compiler.envoy.kuma.KumaSnapshotDifference;
import dev.writ.compiler.envoy.kuma.KumaSnapshotDifference.Part;
import dev.writ.compiler.envoy.kuma.ProxyDump;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.source.SourceSpan;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A proxy's config held against what was predicted for it.
 *
 * @param difference the first one; null where there is none
 */
record Verification(
        Workload workload,
        Mesh mesh,
        ProxyDump dump,
        @Nullable KumaSnapshotDifference difference) {
    private static final Pattern RULE = Pattern.compile("\\.(shadowM|m)atcher\\.matcherList\\.matchers\\[(\\d+)]$");

    boolean isEqual() {
        return difference == null && dump.refused().isEmpty() && dump.warming().isEmpty();
    }

    /** What is not as predicted: {@code rule}, {@code san}, …; {@code refused}, {@code warming}; null where nothing is. */
    @Nullable
    String part() {
        if (!dump.refused().isEmpty()) {
            return "refused";
        }
        if (difference != null) {
            return difference.part().name().toLowerCase(Locale.ROOT);
        }
        return dump.warming().isEmpty() ? null : "warming";
    }

    /** In one sentence. */
    String message() {
        if (!dump.refused().isEmpty()) {
            return refusal(dump.refused().get(0));
        }
        KumaSnapshotDifference at = difference;
        if (at == null) {
            return dump.warming().isEmpty()
                    ? "as predicted"
                    : "the listener `" + dump.warming().get(0)
                            + "` still waits for its secrets, and what it had stays in force; what it waits with is as predicted";
        }
        String what = what(at);
        if (at.predicted().isEmpty()) {
            return what + " was not predicted";
        }
        return what + (at.found().isEmpty() ? " is missing" : " is not the one predicted");
    }

    static String refusal(ProxyDump.Refused refused) {
        return "Envoy refused the listener `" + refused.listener() + "`, and what it had stays in force: "
                + refused.details();
    }

    private String what(KumaSnapshotDifference at) {
        boolean bundle = at.path().contains("trustDomains");
        return switch (at.part()) {
            case RULE -> rule(at);
            case SAN -> "an accepted SAN";
            case TLS -> "the TLS";
            case CHAIN -> "the choice between plaintext and mTLS";
            case LISTENER -> "the inbound";
            case CLUSTER -> "the cluster";
            case SECRET -> bundle ? "a trust domain of the bundle" : "the secret";
        };
    }

    private String rule(KumaSnapshotDifference at) {
        String permission = permissionName();
        String of = permission == null ? "" : " of `" + permission + "`";
        String kind = at.path().contains("shadow") ? "shadow rule" : "rule";
        if (at.path().contains(".principals[")) {
            return "a caller that the `from`" + of + " makes a " + kind + " for";
        }
        return (RULE.matcher(at.path()).find() ? "a " + kind : "the list of " + kind + "s") + of;
    }

    /** The inbound, destination or secret, with the place of a rule in its list. */
    @Nullable
    String where() {
        KumaSnapshotDifference at = shown();
        if (at == null) {
            return null;
        }
        String near = origin().service()
                .map(service -> "calls of the MeshService `" + service.name() + "`")
                .orElseGet(() -> inbound(at));
        Matcher rule = RULE.matcher(at.path());
        return (near.isEmpty() ? "" : near + ", ")
                + at.subject()
                + (rule.find() ? ", rule " + (Integer.parseInt(rule.group(2)) + 1) : "");
    }

    private String inbound(KumaSnapshotDifference at) {
        for (Inbound inbound : workload.inbounds()) {
            if (inbound.port() == at.subject().port()) {
                return "inbound " + (inbound.name() == null ? "" : "`" + inbound.name() + "`, port ") + inbound.port();
            }
        }
        return "";
    }

    /** The field of the message, for who looks it up in the dump. */
    @Nullable
    String path() {
        KumaSnapshotDifference at = shown();
        return at == null || at.path().isEmpty() ? null : at.path();
    }

    @Nullable
    String predicted() {
        KumaSnapshotDifference at = shown();
        return at == null ? null : ConfigWords.of(at.predicted());
    }

    @Nullable
    String found() {
        KumaSnapshotDifference at = shown();
        return at == null ? null : ConfigWords.of(at.found());
    }

    /** The permission that the differing rule belongs to; null if it is about none. */
    @Nullable
    String permissionName() {
        return origin().permissionName();
    }

    /** Where the source says what was predicted. */
    SourceSpan place() {
        return origin().place();
    }

    /** Why it may differ though the policy is applied; null where nothing is known. */
    @Nullable
    String help() {
        KumaSnapshotDifference at = shown();
        boolean byStatus =
                at != null && at.subject().kind().equals("cluster") && (at.part() == Part.SAN || at.part() == Part.TLS);
        return byStatus
                ? "Kuma takes this from the status of the MeshService, which it writes later and keeps: give the MeshService"
                        + " with its status, as `kubectl get -o yaml` shows it"
                : null;
    }

    /** A refused listener comes before all that differs. */
    private @Nullable KumaSnapshotDifference shown() {
        return dump.refused().isEmpty() ? difference : null;
    }

    private DifferenceOrigin origin() {
        return new DifferenceOrigin(workload, mesh, shown());
    }
}
