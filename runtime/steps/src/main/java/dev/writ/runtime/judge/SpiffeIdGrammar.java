package dev.writ.runtime.judge;

/**
 * What the guard takes for a well-formed SPIFFE ID: {@code spiffe://}, a trust domain of {@code [a-z0-9._-]+}, then segments
 * of {@code [A-Za-z0-9._-]+} that are not {@code .} or {@code ..}. Unlike the specification's, it has no limits of length.
 */
final class SpiffeIdGrammar {
    private static final String SCHEME = "spiffe://";

    private SpiffeIdGrammar() {}

    static boolean isWellFormed(String id) {
        if (!id.startsWith(SCHEME)) {
            return false;
        }
        String[] parts = id.substring(SCHEME.length()).split("/", -1);
        if (parts[0].isEmpty() || !parts[0].chars().allMatch(c -> isMark(c) || isLower(c))) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            boolean dots = parts[i].equals(".") || parts[i].equals("..");
            boolean inAlphabet = parts[i].chars().allMatch(c -> isMark(c) || isLower(c) || c >= 'A' && c <= 'Z');
            if (parts[i].isEmpty() || dots || !inAlphabet) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isMark(int c) {
        return c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }
}
