package dev.writ.runtime.proof;

import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.proof.Remedy.Language;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A suggested permission in Writ: the caller's SPIFFE ID, and of the call what was said of it and the target has words for. */
final class SuggestedRule {
    private static final String DEFAULT_MESH = "default";

    private SuggestedRule() {}

    static SuggestedPermission of(MeshModel model, Workload callee, Inbound inbound, List<String> sans, Call call) {
        String id = sans.getFirst();
        // Joined SANs equal no exact SPIFFE ID; they begin with the first.
        boolean isRaw = sans.size() > 1;
        String rule =
                "allow " + (isRaw ? "prefix \"" + id + "\"" : id) + condition(model.target(), inbound, call) + "\n";
        String name = SuggestedPermission.name(
                id.substring(id.lastIndexOf('/') + 1), callee.key().name());
        String port = callee.inbounds().size() == 1 ? "" : " port " + inbound.port();
        String permission = "permission " + (Character.isLetter(name.charAt(0)) ? name : "\"" + name + "\"")
                + " on workload " + callee.key().shortName() + port + " {\n  " + rule + "}\n";
        return new SuggestedPermission(rule, mesh(model, callee) + permission, Language.WRIT, isRaw);
    }

    /** A file says it where it is not the usual one, or there are several. */
    private static String mesh(MeshModel model, Workload callee) {
        boolean isAlone = model.meshes().size() == 1 && callee.key().mesh().equals(DEFAULT_MESH);
        return isAlone
                ? ""
                : "mesh " + callee.key().mesh() + " zone " + callee.key().zone() + "\n\n";
    }

    private static String condition(Target target, Inbound inbound, Call call) {
        if (target.isKuma() || !inbound.protocol().isHttp()) {
            return "";
        }
        String words = Stream.of(call.method(), path(call.path()))
                .filter(word -> word != null)
                .collect(Collectors.joining(" "));
        return words.isEmpty() ? "" : " to " + words;
    }

    /** A rule is about paths without their query; one of these signs would make it about others too. */
    private static @Nullable String path(@Nullable String path) {
        if (path == null) {
            return null;
        }
        String asked = path.split("[?#]", 2)[0];
        return asked.matches("[^\\\\\"{},*]+") ? "\"" + asked + "\"" : null;
    }
}
