package dev.writ.compiler.analysis;

/** Which callers an answer is about. */
public enum Universe {
    VALID_IDS("every valid SPIFFE ID"),
    ANY_STRING("every string that a certificate can carry"),
    ISSUABLE("every SPIFFE ID that the mesh's templates and trusts can issue");

    private final String words;

    Universe(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
