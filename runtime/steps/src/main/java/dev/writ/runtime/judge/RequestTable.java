package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.AnyConfig;
import dev.writ.compiler.source.SourceSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of requests, with what is expected of them. */
public record RequestTable(List<Case> cases) {
    public RequestTable {
        cases = List.copyOf(cases);
    }

    /**
     * Requests to one config.
     *
     * @param id null for requests outside a case
     * @param configs of its own, which all must allow; empty for the config that the table is used with
     */
    public record Case(@Nullable String id, List<AnyConfig> configs, List<Row> rows) {
        public Case {
            configs = List.copyOf(configs);
            rows = List.copyOf(rows);
        }
    }

    /**
     * @param expected null for nothing
     * @param matched null for nothing
     */
    public record Row(
            Request request,
            @Nullable Expected expected,
            @Nullable Matched matched,
            SourceSpan span) {}

    /**
     * The rule that is expected to decide.
     *
     * @param rule null for none of them
     */
    public record Matched(@Nullable String rule) {

        /** Whether no rule may decide: an action may well be called {@code none} or {@code default}, too. */
        public boolean isNone() {
            return rule == null || rule.equals("none") || rule.equals("default");
        }
    }

    /** What may be expected of a request. */
    public enum Expected {
        ALLOW,
        DENY,
        UNKNOWN,
        /** Envoy does not load the config. */
        REFUSED
    }
}
