package dev.writ.runtime.cli;

/** How {@code writ test} tells what came out. */
enum TestFormat {
    TEXT,
    JSON,
    /** Annotations of a pull request, as GitHub Actions takes them from the log. */
    GITHUB;

    /** What holds where nothing is chosen: under GitHub Actions its own. */
    static TestFormat usual(Invocation invocation) {
        return "true".equals(invocation.environment().get("GITHUB_ACTIONS")) ? GITHUB : TEXT;
    }
}
