package dev.writ.runtime.mutation;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.analysis.IssuableIds;
import dev.writ.compiler.analysis.KnownCallers;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.judge.CallResolver;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.ModelJudge;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A policy whose rules are changed; two are the same only if they are the same object. */
public final class Subject {
    /** Among so many workloads callers are looked for whom one knows. */
    private static final int MOST_CALLERS = 500;

    private final Compilation compilation;
    private final ModelJudge judge;
    private final List<List<String>> certificates;
    private final KnownCallers known;

    public Subject(Compilation compilation) {
        this(compilation, uriSans -> true);
    }

    /** @param isKnown which of the workloads' certificates are those of callers whom one knows */
    Subject(Compilation compilation, Predicate<List<String>> isKnown) {
        this.compilation = compilation;
        this.judge = new ModelJudge(compilation.policy());
        CallResolver resolver = new CallResolver(compilation.model());
        this.certificates = compilation.model().workloads().stream()
                .flatMap(workload -> resolver.callerOf(workload).stream())
                .filter(Caller.Certificate.class::isInstance)
                .map(caller -> ((Caller.Certificate) caller).uriSans())
                .distinct()
                .filter(isKnown)
                .limit(MOST_CALLERS)
                .toList();
        this.known = new KnownCallers(
                certificates.stream()
                        .filter(uriSans -> uriSans.size() == 1)
                        .map(List::getFirst)
                        .toList(),
                IssuableIds.of(compilation.model().meshes()));
    }

    public Compilation compilation() {
        return compilation;
    }

    MeshPolicy rules() {
        return compilation.policy();
    }

    ModelJudge judge() {
        return judge;
    }

    /** Those of the workloads. */
    List<List<String>> certificates() {
        return certificates;
    }

    KnownCallers known() {
        return known;
    }

    Optional<InboundPolicy> inbound(WorkloadKey workload, int port) {
        return rules().of(workload).stream()
                .flatMap(policy -> policy.inbounds().stream())
                .filter(inbound -> inbound.inbound().port() == port)
                .findFirst();
    }
}
