package dev.writ.runtime.cli;

import dev.writ.compiler.model.WorkloadKey;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.proof.Remedy;
import java.util.List;
import java.util.stream.Collectors;

/** What would allow a denied call, for people. */
record RemedyText(Explanation explanation) {

    String render(Remedy remedy) {
        return switch (remedy) {
            case Remedy.Permission permission ->
                switch (permission.language()) {
                            case KUMA ->
                                "what would allow it: another MeshTrafficPermission, of which this is the rule\n"
                                        + permission.rule().indent(2);
                            case WRIT ->
                                "what would allow it: another permission\n"
                                        + permission.resource().indent(2);
                        }
                        + "which lets in " + admitted(permission) + callees(permission) + "\n";
            case Remedy.WithoutDenies denies ->
                "what would allow it: "
                        + (denies.orEarlierAllow()
                                ? "an allow in a rule that is asked earlier; or "
                                : "no allow does; ")
                        + places(denies.denies()) + " must go"
                        + (denies.thenAllow() ? ", and then an allow is needed" : "") + "\n";
            case Remedy.Credentials credentials -> "what is missing: " + credentials.missing() + "\n";
        };
    }

    private static String admitted(Remedy.Permission permission) {
        String whoever =
                permission.raw() ? "has a certificate that begins so, a longer name included" : "has this SPIFFE ID";
        return permission.admits().isEmpty()
                ? "whoever " + whoever + ": no workload of the sources"
                : names(permission.admits()) + ", and whoever else " + whoever;
    }

    private static String callees(Remedy.Permission permission) {
        return permission.callees().isEmpty() ? "" : "; to " + names(permission.callees()) + " as well";
    }

    private static String names(List<WorkloadKey> keys) {
        int most = 5;
        String names = keys.stream().limit(most).map(key -> "`" + key + "`").collect(Collectors.joining(", "));
        return keys.size() > most ? names + " and " + (keys.size() - most) + " more" : names;
    }

    private static String places(List<SourceSpan> denies) {
        return (denies.size() == 1 ? "the deny at " : "the denies at ")
                + denies.stream().map(SourceSpan::place).collect(Collectors.joining(", "));
    }
}
