package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.envoy.config.AnyConfig;
import dev.writ.compiler.envoy.config.ChainMatch;
import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.FilterChain;
import dev.writ.compiler.envoy.config.InboundListener;
import dev.writ.compiler.envoy.config.Rbac;
import dev.writ.compiler.envoy.config.Unmodelled;
import dev.writ.runtime.judge.Decider;
import dev.writ.runtime.judge.Request;
import dev.writ.runtime.judge.RequestTable;
import dev.writ.runtime.judge.RequestTable.Expected;
import dev.writ.runtime.judge.RequestTable.Matched;
import dev.writ.runtime.judge.RequestTable.Row;
import dev.writ.runtime.judge.Ruling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rulings on a table of requests. */
final class Decisions {
    private static final String DEFAULT = "default";

    private final List<AnyConfig> given;
    private final @Nullable String listener;
    private final @Nullable String filterChain;
    private final Instant now;
    private final List<Result> results = new ArrayList<>();
    private final List<Diagnostic> refusals = new ArrayList<>();

    /** Which of several listeners is meant is not clear. */
    static final class NoChoice extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoChoice(String message) {
            super(message);
        }
    }

    /**
     * One request decided.
     *
     * @param request its number in the case
     * @param ruling null where Envoy refuses the config
     */
    record Result(
            @Nullable String id,
            int request,
            Row row,
            @Nullable Ruling ruling) {

        @Nullable
        Boolean ok() {
            Expected expected = row.expected();
            Matched matched = row.matched();
            if (expected == null && matched == null) {
                return null;
            }
            if (ruling == null) {
                return expected == Expected.REFUSED;
            }
            boolean decision = expected == null
                    || expected.name().equals(ruling.verdict().decision().name());
            return decision
                    && (matched == null || isMatched(matched, ruling.verdict().rule()));
        }

        private static boolean isMatched(Matched matched, @Nullable String rule) {
            return matched.isNone() && (rule == null || rule.equals(DEFAULT)) || Objects.equals(matched.rule(), rule);
        }
    }

    /** @param given the configs for cases that have none of their own */
    Decisions(List<AnyConfig> given, @Nullable String listener, @Nullable String filterChain, Instant now) {
        this.given = given;
        this.listener = listener;
        this.filterChain = filterChain;
        this.now = now;
    }

    Decisions of(RequestTable table) {
        for (RequestTable.Case one : table.cases()) {
            List<AnyConfig> configs = one.configs().isEmpty() ? given : one.configs();
            List<Diagnostic> broken = DecideCommand.refusals(configs);
            boolean expected = one.rows().stream().allMatch(row -> row.expected() == Expected.REFUSED);
            if (!expected || one.rows().isEmpty()) {
                refusals.addAll(broken);
            }
            for (int i = 0; i < one.rows().size(); i++) {
                Row row = one.rows().get(i);
                Ruling ruling =
                        broken.isEmpty() ? decider(configs, row.request()).explain(row.request()) : null;
                results.add(new Result(one.id(), i, row, ruling));
            }
        }
        return this;
    }

    List<Result> results() {
        return results;
    }

    List<Diagnostic> refusals() {
        return refusals;
    }

    long agree() {
        return results.stream()
                .filter(result -> Objects.equals(result.ok(), true))
                .count();
    }

    long disagree() {
        return results.stream()
                .filter(result -> Objects.equals(result.ok(), false))
                .count();
    }

    boolean expectsNothing() {
        return results.stream().allMatch(result -> result.ok() == null);
    }

    private Decider decider(List<AnyConfig> configs, Request request) {
        List<Rbac> filters = configs.stream()
                .flatMap(config -> config.filters().stream())
                .map(AnyConfig.LoneFilter::rbac)
                .toList();
        List<InboundListener> listeners = configs.stream()
                .flatMap(config -> config.config().listeners().stream())
                .toList();
        if (listeners.isEmpty() && listener == null) {
            return Decider.ofFilters(filters);
        }
        List<Unmodelled> unmodelled = configs.stream()
                .flatMap(config -> config.config().unmodelled().stream())
                .toList();
        InboundListener chosen = withChain(chosen(listeners, request));
        return Decider.of(new EnvoyConfig(listeners, unmodelled), chosen, now);
    }

    private InboundListener chosen(List<InboundListener> listeners, Request request) {
        List<InboundListener> fitting = listeners.stream()
                .filter(one -> listener == null || one.name().equals(listener))
                .toList();
        Integer port = request.destination().port();
        if (fitting.size() > 1 && port != null) {
            fitting = fitting.stream().filter(one -> one.port() == port).toList();
        }
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        String names = listeners.stream()
                .map(one -> "`" + one.name() + "` on port " + one.port())
                .collect(Collectors.joining(", "));
        throw new NoChoice(
                fitting.isEmpty()
                        ? "no such listener; there are " + names
                        : "several listeners: name one by --listener, or a `destination_port` in each request: "
                                + names);
    }

    private InboundListener withChain(InboundListener one) {
        if (filterChain == null) {
            return one;
        }
        FilterChain chain = one.chains().stream()
                .filter(other -> other.name().equals(filterChain))
                .findFirst()
                .or(() -> one.defaultChain().filter(other -> other.name().equals(filterChain)))
                .orElseThrow(() -> new NoChoice("the listener `" + one.name() + "` has no filter chain `" + filterChain
                        + "`; there are "
                        + one.chains().stream()
                                .map(other -> "`" + other.name() + "`")
                                .collect(Collectors.joining(", "))));
        FilterChain forAll =
                new FilterChain(chain.name(), ChainMatch.ANY, chain.transport(), chain.filters(), chain.unmodelled());
        return one.withChains(List.of(forAll), Optional.empty());
    }
}
