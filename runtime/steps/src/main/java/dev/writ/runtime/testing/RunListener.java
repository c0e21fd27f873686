package dev.writ.runtime.testing;

/** Who follows a run of features. */
public interface RunListener {
    /** Nobody. */
    RunListener NONE = result -> {};

    /** A scenario's result, in the order of the features, however many are run at a time. */
    void result(ScenarioResult result);

    /** How far the run is, after each scenario, in the order they end. */
    default void progress(int ended, int failed, int scheduled) {}
}
