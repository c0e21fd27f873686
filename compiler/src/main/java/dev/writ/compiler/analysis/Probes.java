package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Witness.Transport;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Calls at the boundaries of a policy, made without any diagram: at each text of its rules the text itself, what is below, what only
 * begins like it, its parent, a sibling, other case, another scheme, an escape, an ID that is too long; and both sides of each
 * condition.
 */
final class Probes {
    private final InboundPolicy policy;
    private final Set<String> texts = new LinkedHashSet<>();
    private final Set<@Nullable String> serverNames = new LinkedHashSet<>();
    private final Set<@Nullable String> methods = new LinkedHashSet<>();
    private final Set<@Nullable String> paths = new LinkedHashSet<>();

    private Probes(InboundPolicy policy) {
        this.policy = policy;
        serverNames.add(null);
        methods.add(null);
        paths.add(null);
    }

    /** @param most so many, evenly of all rules */
    static List<Witness> of(InboundPolicy policy, int most) {
        Probes probes = new Probes(policy);
        probes.collect(most);
        return probes.calls(most);
    }

    private void collect(int most) {
        List<Rule> rules = Stream.concat(Stream.of(policy.enforced()), policy.shadow().stream())
                .flatMap(list -> list.rules().stream())
                .toList();
        int step = Math.max(1, rules.size() / Math.max(1, most));
        for (int i = 0; i < rules.size(); i += step) {
            collect(rules.get(i).principal());
            rules.get(i).conditions().forEach(this::collect);
        }
        sanPrefixes(policy.admission()).forEach(texts::add);
        texts.add("spiffe://unknown.example/ns/a/sa/b");
    }

    private static List<String> sanPrefixes(Admission admission) {
        return switch (admission) {
            case MutualTls tls -> tls.sanPrefixes();
            case Admission.Permissive permissive -> permissive.mutual().sanPrefixes();
            case Admission.Plaintext plaintext -> List.of();
            case Admission.Undecidable open -> List.of();
        };
    }

    private void collect(Principal principal) {
        switch (principal) {
            case Principal.Always always -> {}
            case Principal.Exact exact -> texts.add(exact.value());
            case Principal.Prefix prefix -> texts.add(prefix.value());
            case Principal.SanEquals san -> texts.add(san.value());
            case Principal.Segments segments ->
                texts.add(SpiffeId.SCHEME
                        + String.join(
                                "/",
                                segments.segments().stream()
                                        .map(segment -> segment.orElse("any"))
                                        .toList())
                        + (segments.below() ? "/below" : ""));
            case Principal.AnyOf any -> any.members().forEach(this::collect);
            case Principal.AllOf all -> all.members().forEach(this::collect);
            case Principal.Not not -> collect(not.member());
        }
    }

    private void collect(Condition condition) {
        switch (condition) {
            case Condition.Port port -> {}
            case Condition.Sni sni -> serverNames.addAll(List.of(sni.serverName(), "x" + sni.serverName()));
            case Condition.Method method -> methods.addAll(method.methods());
            case Condition.Path path -> around(path.path());
            case Condition.PathPrefix prefix -> around(prefix.prefix());
        }
    }

    private void around(String path) {
        if (path.startsWith("/")) {
            paths.addAll(List.of(path, path + "x", path + "/x", path + "?x=/", "/x/.." + path));
        }
    }

    private List<Witness> calls(int most) {
        List<Witness> calls = new ArrayList<>();
        calls.add(new Witness(Transport.PLAINTEXT, List.of(), null, null, null));
        calls.add(new Witness(Transport.ANONYMOUS, List.of(), null, null, null));
        List<String> callers = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            texts.forEach(text -> callers.add(shape.of(text)));
        }
        Rotation<String> serverName = new Rotation<>(serverNames);
        Rotation<String> method = new Rotation<>(methods);
        Rotation<String> path = new Rotation<>(paths);
        boolean isHttp = policy.inbound().protocol().isHttp();
        for (String caller : new LinkedHashSet<>(callers)) {
            if (calls.size() >= most) {
                break;
            }
            if (!caller.isEmpty()) {
                calls.add(new Witness(
                        Transport.CERTIFICATE,
                        List.of(caller),
                        serverName.next(),
                        isHttp ? method.next() : null,
                        isHttp ? path.next() : null));
            }
        }
        return calls;
    }

    /** Where a caller stands to a text; those that most often go wrong come first. */
    private enum Shape {
        ITSELF {
            @Override
            String of(String text) {
                return text;
            }
        },
        BELOW {
            @Override
            String of(String text) {
                return text + (text.endsWith("/") ? "x" : "/x");
            }
        },
        LOOK_ALIKE {
            @Override
            String of(String text) {
                return (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "-2/sa/x";
            }
        },
        LONGER {
            @Override
            String of(String text) {
                return text + "x";
            }
        },
        SHORTER {
            @Override
            String of(String text) {
                return text.substring(0, Math.max(0, text.length() - 1));
            }
        },
        PARENT {
            @Override
            String of(String text) {
                return text.substring(0, Math.max(0, text.lastIndexOf('/')));
            }
        },
        OTHER_CASE {
            @Override
            String of(String text) {
                return text.isEmpty()
                        ? text
                        : text.substring(0, text.length() - 1)
                                + text.substring(text.length() - 1).toUpperCase(Locale.ROOT);
            }
        },
        OTHER_SCHEME {
            @Override
            String of(String text) {
                return text.replace("spiffe:", "SPIFFE:");
            }
        },
        TRAILING_SLASH {
            @Override
            String of(String text) {
                return text + "/";
            }
        },
        DOTS {
            @Override
            String of(String text) {
                return text + "/../x";
            }
        },
        ESCAPED {
            @Override
            String of(String text) {
                return text.replaceFirst("e([^e]*)$", "%65$1");
            }
        },
        TOO_LONG {
            @Override
            String of(String text) {
                return text + "/" + "l".repeat(SpiffeId.MAX_LENGTH);
            }
        };

        abstract String of(String text);
    }

    /** Gives its values in turn. */
    private static final class Rotation<T> {
        private final List<@Nullable T> values;
        private int next;

        Rotation(Set<@Nullable T> values) {
            this.values = new ArrayList<>(values);
        }

        @Nullable
        T next() {
            T value = values.get(next);
            next = (next + 1) % values.size();
            return value;
        }
    }
}
