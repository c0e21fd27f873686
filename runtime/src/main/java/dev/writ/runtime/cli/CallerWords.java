package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.runtime.judge.CallResolver;
import dev.writ.runtime.judge.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code --from} of a command line: one caller, or several SPIFFE IDs that stand in one certificate in this order. */
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
        List<String> uriSans = new ArrayList<>();
        for (Caller caller : callers) {
            switch (caller) {
                case Caller.Certificate certificate -> uriSans.addAll(certificate.uriSans());
                case Caller.Anonymous none -> refuse("anonymous", sink);
                case Caller.Plaintext none -> refuse("plaintext", sink);
            }
        }
        return sink.hasErrors() ? Optional.empty() : Optional.of(new Caller.Certificate(uriSans));
    }

    private static void refuse(String word, DiagnosticSink sink) {
        sink.add(
                DiagnosticId.WORKLOAD_UNKNOWN,
                null,
                "`" + word + "` has no certificate that could hold another SPIFFE ID");
    }
}
