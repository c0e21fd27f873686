package dev.writ.compiler.analysis;

/** Which callers an answer is about. */
public enum Universe {
    VALID_IDS("every valid SPIFFE ID", "valid SPIFFE IDs"),
    ANY_STRING("every string that a certificate can carry", "any string in a certificate"),
    ISSUABLE(
            "every SPIFFE ID that the mesh's templates and trusts can issue",
            "SPIFFE IDs that the mesh's templates and trusts can issue");

    private final String words;
    private final String assumption;

    Universe(String words, String assumption) {
        this.words = words;
        this.assumption = assumption;
    }

    /** As something that is taken for granted. */
    public String assumption() {
        return assumption;
    }

    @Override
    public String toString() {
        return words;
    }
}
