package dev.writ.runtime.coverage;

/**
 * One side of a boundary that a rule draws: a scenario has to try it.
 *
 * @param subject what the rule says there: a SPIFFE ID, a prefix, a method; empty where the rule itself is the subject
 */
public record Point(Kind kind, String subject, Edge edge) {

    /** What a boundary is about. */
    public enum Kind {
        /** One SPIFFE ID. */
        CALLER("the SPIFFE ID"),
        /** All that begin with a text. */
        PREFIX("the prefix"),
        /** All that fit whole segments. */
        PATTERN("the pattern"),
        /** Callers that the rule names as workloads. */
        WORKLOADS("the workloads"),
        /** A URI SAN of the certificate, as Kuma's legacy {@code from} asks for tags. */
        SAN("the tag"),
        PORT("the port"),
        SERVER_NAME("the server name"),
        METHOD("the method"),
        PATH("the path"),
        /** All paths that begin with a text. */
        PATH_PREFIX("the path");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** Whether it is about who calls, and not about the call. */
        public boolean isAboutCallers() {
            return switch (this) {
                case CALLER, PREFIX, PATTERN, WORKLOADS, SAN -> true;
                case PORT, SERVER_NAME, METHOD, PATH, PATH_PREFIX -> false;
            };
        }
    }

    /** It in words: {@code a look-alike of the prefix}. */
    public String words() {
        return switch (edge) {
            case SELF -> self();
            case BELOW -> "below " + kind.words;
            case LOOK_ALIKE -> "a look-alike of " + kind.words;
            case SIBLING -> "a sibling of " + kind.words;
            case PARENT -> "the parent of " + kind.words;
            case STRETCHED -> "two segments for one `*`";
            case LONGER -> "a longer path";
            case OTHER -> other();
        };
    }

    private String self() {
        return switch (kind) {
            case WORKLOADS -> "one of the workloads";
            case PATTERN -> "what fits the pattern";
            case SAN -> "a caller with the tag";
            case CALLER, PREFIX, PORT, SERVER_NAME, METHOD, PATH, PATH_PREFIX -> kind.words + " itself";
        };
    }

    private String other() {
        return switch (kind) {
            case WORKLOADS -> "a caller that is none of the workloads";
            case SAN -> "a caller without the tag";
            case PORT -> "another port";
            case SERVER_NAME -> "another server name, or none";
            case METHOD -> "another method";
            case PATH, PATH_PREFIX -> "another path";
            case CALLER, PREFIX, PATTERN -> "another caller";
        };
    }
}
