package dev.writ.compiler.check.envoy;

/** Looks for one thing that Envoy accepts and that is dangerous. */
interface Danger {
    void find(Survey survey, Findings findings);
}
