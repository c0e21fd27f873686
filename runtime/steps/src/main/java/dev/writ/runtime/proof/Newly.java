package dev.writ.runtime.proof;

/** What a difference brings, so that a gate can let some of it pass. */
public enum Newly {
    /** A call that was refused is let in: by a rule, or because an inbound falls open. */
    ALLOWED,
    /** A call that was let in is refused, or what it was to is gone. */
    DENIED,
    /** A call is reported by shadow rules, or no longer. */
    SHADOWED,
    /** An inbound that takes mTLS alone, or a workload's SPIFFE ID, where there was none. */
    ADDED,
    /** A workload that was there has another SPIFFE ID, or none. */
    IDENTITY,
    /** Something that nobody knows the effect of; or only the deciding rule, which is asked for by name. */
    OTHER
}
