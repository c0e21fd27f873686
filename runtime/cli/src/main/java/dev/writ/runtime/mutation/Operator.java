package dev.writ.runtime.mutation;

/** How a rule is changed, as rules go wrong. */
public enum Operator {
    DROP_RULE("drop-rule"),
    OTHER_ACTION("other-action"),
    EXACT_TO_PREFIX("exact-to-prefix"),
    SHORTER_BY_SEGMENT("shorter-by-segment"),
    SHORTER_BY_CHARACTER("shorter-by-character"),
    ANY_TRUST_DOMAIN("any-trust-domain"),
    DROP_CONDITION("drop-condition"),
    /** Only where the order of rules is its author's: Kuma before 2.14. */
    OTHER_ORDER("other-order");

    private final String id;

    Operator(String id) {
        this.id = id;
    }

    /** As JSON has it. */
    public String id() {
        return id;
    }
}
