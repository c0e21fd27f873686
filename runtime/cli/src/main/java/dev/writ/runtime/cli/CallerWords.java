package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.runtime.judge.CallResolver;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.CallerPhrases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code --from} of a command line: one caller, or several SPIFFE IDs that stand in one certificate in this order; what is
 * wrong with the first's certificate is wrong with it.
 */
record CallerWords(CallResolver resolver) {

    Optional<Caller> read(List<String> words, DiagnosticSink sink) {
        List<Caller> callers = words.stream()
                .flatMap(word -> resolver.caller(word, null, sink).stream())
                .toList();
        if (callers.size() < words.size()) {
            return Optional.empty();
        }
        return callers.size() == 1 ? Optional.of(callers.get(0)) : together(callers, sink);
    }

    private static Optional<Caller> together(List<Caller> callers, DiagnosticSink sink) {
        if (!(callers.get(0) instanceof Caller.Named first)) {
            return refuse(callers.get(0), "has no certificate that could hold another SPIFFE ID", sink);
        }
        List<String> more = new ArrayList<>();
        for (Caller caller : callers.subList(1, callers.size())) {
            if (!(caller instanceof Caller.Certificate certificate)) {
                return refuse(caller, "is no further SPIFFE ID of a certificate", sink);
            }
            more.addAll(certificate.uriSans());
        }
        return Optional.of(CallerPhrases.with(first, more));
    }

    private static Optional<Caller> refuse(Caller caller, String why, DiagnosticSink sink) {
        sink.add(DiagnosticId.WORKLOAD_UNKNOWN, null, "`" + CallLine.caller(caller) + "` " + why);
        return Optional.empty();
    }
}
