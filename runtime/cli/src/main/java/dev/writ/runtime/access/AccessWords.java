package dev.writ.runtime.access;

import dev.writ.compiler.analysis.Answer;
import dev.writ.compiler.analysis.Answer.Extent;
import dev.writ.compiler.analysis.IdPattern;
import dev.writ.compiler.analysis.IssuableIds;
import dev.writ.compiler.analysis.Outcome;
import dev.writ.compiler.analysis.Outcome.Decided;
import dev.writ.compiler.analysis.Outcome.Stage;
import dev.writ.compiler.analysis.Patterns;
import dev.writ.compiler.analysis.Reach;
import dev.writ.compiler.analysis.Witness;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.runtime.judge.Caller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in words what becomes of calls: the verdict, the rules that decide, who else there could be. */
public final class AccessWords {
    private static final String BEYOND = " beyond the inventory";

    private final Map<String, Set<String>> namesakes = new HashMap<>();
    private final Set<String> ownTrustDomains = new HashSet<>();
    private final Set<String> known = new HashSet<>();
    private final IssuableIds issuable;

    /** What can be said in one word. */
    public enum Word {
        ALLOW("allow"),
        /** Allowed, and reported as one that would be denied. */
        SHADOW_DENY("shadow-deny"),
        /** Some requests are allowed, others are not. */
        SOME("some"),
        DENY("deny"),
        UNKNOWN("unknown");

        private final String text;

        Word(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public AccessWords(MeshAccess access) {
        this.issuable = IssuableIds.of(access.model().meshes());
        for (Mesh mesh : access.model().meshes()) {
            for (Permission permission : mesh.permissions()) {
                namesakes
                        .computeIfAbsent(permission.name(), name -> new TreeSet<>())
                        .add(permission.qualifiedName());
            }
            for (MeshIdentity identity : mesh.identities()) {
                Stream.ofNullable(identity.trustDomain()).forEach(ownTrustDomains::add);
            }
            if (mesh.mtls() != null) {
                ownTrustDomains.add(mesh.name());
            }
        }
        access.inventory().ids().forEach(id -> ownTrustDomains.add(trustDomain(id)));
        for (CallingWorkload caller : access.callers()) {
            if (caller.caller() instanceof Caller.Certificate certificate) {
                known.addAll(certificate.uriSans());
            }
        }
    }

    public static Word word(Access access) {
        return switch (access) {
            case Access.Unknown unknown -> Word.UNKNOWN;
            case Access.Known known -> word(known.answer());
        };
    }

    public static Word word(Answer answer) {
        return switch (answer.allowed()) {
            case NONE -> Word.DENY;
            case SOME -> Word.SOME;
            case ALL -> answer.shadowed() == Extent.NONE ? Word.ALLOW : Word.SHADOW_DENY;
        };
    }

    /** What decides, without repetition: {@code `mtp`}; of a shadow-deny the shadow rule. */
    public String rules(Answer answer) {
        Word word = word(answer);
        return answer.outcomes().stream()
                .filter(outcome -> word == Word.DENY || outcome.isAllowed())
                .map(outcome -> word == Word.SHADOW_DENY ? rule(outcome) + shadow(outcome) : rule(outcome))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private String shadow(Outcome outcome) {
        String by = outcome.shadow().map(this::rule).orElse("");
        return by.isEmpty() || by.equals(rule(outcome)) ? "" : ", in the shadow " + by;
    }

    private String rule(Outcome outcome) {
        return switch (outcome.stage()) {
            case TLS -> "refused by TLS";
            case NONE -> outcome.isAllowed() ? "no rule is asked" : "a TLS handshake is no HTTP request";
            case RBAC -> rule(outcome.enforced());
        };
    }

    private String rule(Decided by) {
        if (by.rule() == null || by.place() == null) {
            return "default".equals(by.rule()) || by.rule() == null ? "no rule matched" : "`" + by.rule() + "`";
        }
        return "`" + shortName(by.rule()) + "`";
    }

    /** The permission's own name while no other has it. */
    public String shortName(String label) {
        String name = label.substring(label.lastIndexOf('/') + 1);
        return namesakes.getOrDefault(name, Set.of()).equals(Set.of(label)) ? name : label;
    }

    /** The rule that decides, the first of several; null where none does. */
    public static @Nullable Decided decided(Answer answer) {
        Word word = word(answer);
        return answer.outcomes().stream()
                .filter(outcome -> outcome.stage() == Stage.RBAC && (word == Word.DENY || outcome.isAllowed()))
                .map(Outcome::enforced)
                .findFirst()
                .orElse(null);
    }

    /** Where it stands, for people; empty for none. */
    public static String place(@Nullable Decided decided) {
        SourceSpan place = decided == null ? null : decided.place();
        return place == null ? "" : place.place();
    }

    /** A request that is let through where others are not: {@code GET /api SNI kv}; empty where all fare alike. */
    public static String request(Answer answer) {
        Witness call = answer.request();
        if (call == null) {
            return "";
        }
        String request = call.method() == null && call.path() == null
                ? ""
                : (call.method() == null ? "GET" : call.method()) + " " + (call.path() == null ? "/" : call.path());
        String serverName = call.serverName() == null ? "" : "SNI " + call.serverName();
        return Stream.of(request, serverName).filter(text -> !text.isEmpty()).collect(Collectors.joining(" "));
    }

    /** Whom an inbound lets in besides the workloads: patterns in which there are more IDs than those. */
    public List<IdPattern> beyond(AccessGroup group) {
        return group.reach() instanceof Reach.Known && group.patterns() instanceof Patterns.Known patterns
                ? patterns.all().stream()
                        .filter(pattern -> !pattern.isSingle() || !known.contains(pattern.text()))
                        .toList()
                : List.of();
    }

    /**
     * Somebody who gets in beside the workloads.
     *
     * @param rules that let it in; empty where none is asked
     * @param givers MeshIdentities that may give such IDs to workloads that there are not yet
     */
    public record Also(String rules, String who, List<String> givers) {
        public Also {
            givers = List.copyOf(givers);
        }

        /** {@code spiffe://td/ns/kuma-demo* beyond the inventory, which identity `workloads` may give}. */
        public String whole() {
            return who + may();
        }

        /** With the rules. */
        public String words() {
            return (rules.isEmpty() ? who : who + " by " + rules) + may();
        }

        private String may() {
            String may = givers.stream()
                    .map(giver -> giver.equals(IssuableIds.BUILTIN) ? giver : "identity `" + giver + "`")
                    .collect(Collectors.joining(" or "));
            return may.isEmpty() ? "" : ", which " + may + " may give";
        }
    }

    /** All that is to be said of an inbound's patterns, each in a sentence. */
    public List<Also> also(AccessGroup group) {
        List<Also> also = new ArrayList<>();
        beyond(group).forEach(pattern -> also.add(new Also(rules(pattern.answer()), beyond(pattern), givers(pattern))));
        if (group.reach() instanceof Reach.Known && group.patterns() instanceof Patterns.Unknown unknown) {
            also.add(new Also(
                    "", "whoever else the rules let in, which cannot be said: " + unknown.reason(), List.of()));
        }
        return also;
    }

    /** {@code spiffe://td/ns/kuma-demo* beyond the inventory}. */
    private String beyond(IdPattern pattern) {
        return pattern.words() + BEYOND + (isForeign(pattern) ? ", of a foreign trust domain" : "");
    }

    /** What of the mesh may give such IDs to workloads that there are not yet. */
    public List<String> givers(IdPattern pattern) {
        return issuable.givers(pattern);
    }

    /** Whether it is of a trust domain in which no workload and no MeshIdentity of the sources is. */
    public boolean isForeign(IdPattern pattern) {
        String trustDomain = trustDomain(pattern.text());
        return trustDomain.indexOf('*') < 0 && !ownTrustDomains.contains(trustDomain);
    }

    private static String trustDomain(String id) {
        int end = id.indexOf('/', SpiffeId.SCHEME.length());
        return id.substring(SpiffeId.SCHEME.length(), end < 0 ? id.length() : end);
    }

    /** How anybody gets in without a certificate; empty if nobody does. */
    public static String openness(AccessGroup group) {
        return switch (group.transport()) {
            case PLAINTEXT -> "plaintext: anybody can call, no rule is asked";
            case PERMISSIVE -> "permissive: anybody can call in plaintext, the rules are asked of mTLS alone";
            case UNKNOWN, MTLS -> "";
        };
    }
}
