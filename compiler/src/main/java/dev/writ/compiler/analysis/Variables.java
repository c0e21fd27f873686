package dev.writ.compiler.analysis;

/**
 * What is asked of a call, in the order in which it is asked: how it comes, the caller segment by segment, facts about its
 * certificate, then server name, method and path. Ports are decided while the diagram is built, for each inbound has one.
 *
 * <p>A caller's string is split at its slashes: {@code spiffe://td/ns} is {@code spiffe:}, nothing, {@code td}, {@code ns}. After each
 * segment it is asked whether another follows. So every string has one reading, well-formed or not.
 */
final class Variables {
    static final int TRANSPORT = 0;
    static final int SERVER_NAME = 0x4000_0000;
    static final int METHOD = SERVER_NAME + 1;
    static final int PATH = SERVER_NAME + 2;
    /** Whether a query follows the path. */
    static final int QUERY = SERVER_NAME + 3;

    static final int LEAF = Integer.MAX_VALUE;

    private static final int SEGMENTS = 16;
    private static final int FACTS = 0x2000_0000;

    private Variables() {}

    static int segment(int position) {
        return SEGMENTS + 2 * position;
    }

    /** Whether a segment follows the one at this position. */
    static int more(int position) {
        return SEGMENTS + 2 * position + 1;
    }

    /** A fact about the certificate that the caller's string does not tell, by a number of its own. */
    static int fact(int number) {
        return FACTS + number;
    }

    static boolean isAboutCaller(int variable) {
        return variable >= SEGMENTS && variable < FACTS;
    }

    static boolean isFact(int variable) {
        return variable >= FACTS && variable < SERVER_NAME;
    }

    /** The position that a segment, or the question for more of them, is about. */
    static int position(int variable) {
        return (variable - SEGMENTS) / 2;
    }

    static boolean isMore(int variable) {
        return isAboutCaller(variable) && (variable - SEGMENTS) % 2 == 1;
    }

    static String describe(int variable) {
        return switch (variable) {
            case TRANSPORT -> "transport";
            case SERVER_NAME -> "server name";
            case METHOD -> "method";
            case PATH -> "path";
            case QUERY -> "query";
            case LEAF -> "nothing";
            default ->
                isFact(variable)
                        ? "fact " + (variable - FACTS)
                        : (isMore(variable) ? "more after segment " : "segment ") + position(variable);
        };
    }
}
