package dev.writ.compiler.ir;

/** What a rule does to a call it matches. */
public enum Action {
    ALLOW,
    DENY
}
