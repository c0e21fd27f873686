package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Region.Step;
import dev.writ.compiler.analysis.Witness.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a call of a region: the least or a usual answer to each question, and the shortest caller. */
final class Example {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
    /** What may follow a bound to get away from it; the first is no character of a SPIFFE ID. */
    private static final List<String> TAILS = List.of("%", "x", "0", "z", "~", "\0");

    /** The same for what is no SPIFFE ID; one of the last is less than whatever else goes on there. */
    private static final List<String> ENDS = List.of("x", "0", "z", "~", "/", "-", "!", "\0");

    private final Diagram diagram;
    private final Callers callers;
    private final UsualNames names;

    Example(Diagram diagram, Callers callers, UsualNames names) {
        this.diagram = diagram;
        this.callers = callers;
        this.names = names;
    }

    /** Empty if no call of this half is in the region. */
    Optional<Witness> of(Region region) {
        return new Making(region).witness(Optional.empty());
    }

    /** With this caller, which the region does not ask for. */
    Optional<Witness> of(Region region, String caller) {
        return new Making(region).witness(Optional.of(caller));
    }

    /** A call, answer by answer. */
    private final class Making {
        private final TreeMap<Integer, Step> steps = new TreeMap<>();

        Making(Region region) {
            region.steps().forEach(step -> steps.put(step.variable(), step));
        }

        Optional<Witness> witness(Optional<String> caller) {
            Transport transport = switch (text(Variables.TRANSPORT, List.of(Choice.CERTIFICATE))) {
                case Choice.ANONYMOUS -> Transport.ANONYMOUS;
                case Choice.PLAINTEXT -> Transport.PLAINTEXT;
                default -> Transport.CERTIFICATE;
            };
            Optional<List<String>> uriSans =
                    transport == Transport.CERTIFICATE ? uriSans(caller.or(this::caller)) : Optional.of(List.of());
            Optional<String> serverName = answer(Variables.SERVER_NAME, List.of(""));
            Optional<String> method = answer(Variables.METHOD, METHODS);
            Optional<String> path = answer(Variables.PATH, List.of("/")).filter(text -> text.startsWith("/"));
            if (uriSans.isEmpty() || serverName.isEmpty() || method.isEmpty() || path.isEmpty()) {
                return Optional.empty();
            }
            String query = isYes(Variables.QUERY) ? "?x" : "";
            return Optional.of(new Witness(
                    transport,
                    uriSans.get(),
                    serverName.get().isEmpty() ? null : serverName.get(),
                    steps.containsKey(Variables.METHOD) ? method.get() : null,
                    steps.containsKey(Variables.PATH) || !query.isEmpty() ? path.get() + query : null));
        }

        private String text(int variable, List<String> usual) {
            return answer(variable, usual).orElse("");
        }

        private boolean isYes(int variable) {
            Step step = steps.get(variable);
            return step != null && step.contains(Choice.YES);
        }

        /** A usual answer, else the least one that can be printed, else the least. */
        private Optional<String> answer(int variable, List<String> usual) {
            @Nullable Step step = steps.get(variable);
            if (step == null) {
                return Optional.of(usual.getFirst());
            }
            String least = step.from();
            String base = least.replace("\0", "");
            return Stream.of(
                            usual.stream(),
                            Stream.of(least).filter(text -> text.indexOf('\0') < 0 && !text.isEmpty()),
                            ENDS.stream().map(base::concat),
                            Stream.of("/", least))
                    .flatMap(texts -> texts)
                    .filter(step::contains)
                    .findFirst();
        }

        private Optional<List<String>> uriSans(Optional<String> caller) {
            if (caller.isEmpty()) {
                return Optional.empty();
            }
            List<String> sans = new ArrayList<>(List.of(caller.get()));
            for (Step step : steps.values()) {
                if (Variables.isFact(step.variable()) && isYes(step.variable())) {
                    switch (diagram.factOf(step.variable())) {
                        case Certificates.SanIs san -> sans.add(san.text());
                        case Certificates.SanStartsWith san -> sans.add(san.text() + "x");
                        default -> {}
                    }
                }
            }
            return Optional.of(sans.stream().distinct().toList());
        }

        private Optional<String> caller() {
            List<String> segments = new ArrayList<>();
            int last = last();
            for (int position = 0; position <= last; position++) {
                Step step = steps.get(Variables.segment(position));
                segments.add(step == null ? usual(position) : leastOf(position, step));
            }
            String caller = String.join("/", segments);
            return callers == Callers.WELL_FORMED || Lookup.halfOf(caller) == callers
                    ? Optional.of(caller)
                    : malformed(segments);
        }

        /** The position of the last segment that must be there. */
        private int last() {
            int last = callers == Callers.WELL_FORMED ? Callers.TRUST_DOMAIN : 0;
            for (Step step : steps.values()) {
                if (Variables.isAboutCaller(step.variable())) {
                    int position = Variables.position(step.variable());
                    boolean needsMore = Variables.isMore(step.variable()) && step.contains(Choice.YES);
                    last = Math.max(last, needsMore ? position + 1 : position);
                }
            }
            return last;
        }

        private String usual(int position) {
            return switch (position) {
                case 0 -> "spiffe:";
                case 1 -> "";
                default ->
                    callers == Callers.OTHER
                            ? "x"
                            : names.at(position, "").findFirst().orElse("x");
            };
        }

        private String leastOf(int position, Step step) {
            String from = step.from();
            String least = from.isEmpty() ? callers.least(position) : from;
            if (callers == Callers.OTHER) {
                return step.contains(usual(position)) ? usual(position) : least;
            }
            return names.at(position, from)
                    .filter(name -> step.contains(name) && name.equals(callers.ceiling(position, name)))
                    .findFirst()
                    .orElse(least);
        }

        /** Where a segment or the end is open, something that no SPIFFE ID has; empty if all is given. */
        private Optional<String> malformed(List<String> segments) {
            int last = segments.size() - 1;
            if (!steps.containsKey(Variables.more(last))) {
                return Optional.of(String.join("/", segments) + "/");
            }
            for (int position = last; position >= 0; position--) {
                Step step = steps.get(Variables.segment(position));
                String text = segments.get(position);
                Optional<String> bent = TAILS.stream()
                        .map(text::concat)
                        .filter(one -> step == null || step.contains(one))
                        .filter(one -> one.indexOf('%') >= 0 || one.indexOf('~') >= 0 || one.indexOf('\0') >= 0)
                        .findFirst();
                if (bent.isPresent()) {
                    List<String> other = new ArrayList<>(segments);
                    other.set(position, bent.get());
                    return Optional.of(String.join("/", other));
                }
            }
            return Optional.empty();
        }
    }
}
