package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.Located;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.CallResolver;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.CallerPhrases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call as a sentence or a row of a table words it.
 *
 * @param callers one, or the several URI SANs of one certificate
 * @param method an inbound that is not HTTP takes no notice of it, nor of the path
 */
public record CallWords(
        List<Located<String>> callers,
        Located<String> callee,
        @Nullable Located<String> port,
        @Nullable Located<String> method,
        @Nullable Located<String> path,
        @Nullable Located<String> serverName) {
    public CallWords {
        callers = List.copyOf(callers);
    }

    /** The call they mean; what they name wrongly is reported. */
    Optional<Call> resolve(CallResolver resolver, DiagnosticSink sink) {
        Optional<Caller> caller = caller(resolver, sink);
        Optional<Integer> number = port == null ? Optional.empty() : portNumber(port, sink);
        if (port != null && number.isEmpty() || path != null && !isPath(path, sink)) {
            return Optional.empty();
        }
        Optional<CallResolver.Callee> to = resolver.callee(callee.value(), number.orElse(null), callee.span(), sink);
        return caller.flatMap(from -> to.map(place -> new Call(
                from,
                place.workload().key(),
                place.inbound().port(),
                serverName == null ? null : serverName.value(),
                method == null ? null : method.value(),
                path == null ? null : path.value())));
    }

    private Optional<Caller> caller(CallResolver resolver, DiagnosticSink sink) {
        if (callers.size() == 1) {
            return resolver.caller(callers.get(0).value(), callers.get(0).span(), sink);
        }
        Optional<Caller.Named> first = uriSan(callers.get(0), Caller.Named.class, resolver, sink);
        List<String> more = new ArrayList<>();
        for (Located<String> words : callers.subList(1, callers.size())) {
            Optional<Caller.Certificate> next = uriSan(words, Caller.Certificate.class, resolver, sink);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            more.addAll(next.get().uriSans());
        }
        return first.map(certificate -> CallerPhrases.with(certificate, more));
    }

    /** @param kind of the callers that can stand there */
    private static <T extends Caller> Optional<T> uriSan(
            Located<String> words, Class<T> kind, CallResolver resolver, DiagnosticSink sink) {
        Optional<Caller> caller = resolver.caller(words.value(), words.span(), sink);
        if (caller.isPresent() && !kind.isInstance(caller.get())) {
            sink.add(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    words.span(),
                    "`" + words.value() + "` is no URI SAN of a certificate");
        }
        return caller.filter(kind::isInstance).map(kind::cast);
    }

    private static Optional<Integer> portNumber(Located<String> port, DiagnosticSink sink) {
        if (port.value().matches("[0-9]{1,5}")) {
            return Optional.of(Integer.valueOf(port.value()));
        }
        sink.add(DiagnosticId.SCHEMA_INVALID_VALUE, port.span(), "`" + port.value() + "` is no port");
        return Optional.empty();
    }

    private static boolean isPath(Located<String> path, DiagnosticSink sink) {
        boolean rooted = path.value().startsWith("/");
        if (!rooted) {
            sink.add(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    path.span(),
                    "the path `" + path.value() + "` does not begin with `/`");
        }
        return rooted;
    }
}
