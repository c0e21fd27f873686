package dev.writ.runtime.proxy;

/**
 * An inbound of a workload as the judge's Envoy has it.
 *
 * @param listener the listener's name there
 * @param http whether a connection manager decides, or the network filter
 * @param classic whether its rules are RBAC's classic ones, which name nothing where none matches
 * @param shadows whether it has shadow rules
 * @param shadowPrefix what the config puts before the names of shadow results in the dynamic metadata
 */
record JudgedInbound(String listener, boolean http, boolean classic, boolean shadows, String shadowPrefix) {}
