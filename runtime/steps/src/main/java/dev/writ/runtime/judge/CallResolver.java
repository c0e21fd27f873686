package dev.writ.runtime.judge;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.BuiltinSvid;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity;
import dev.writ.compiler.source.SourceSpan;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the words for callers and callees: {@code anonymous}, {@code plaintext}, a URI SAN (anything with
 * {@code ://}, well-formed as a SPIFFE ID or not), or a workload by its short name, which must be unique; before the last two, what
 * is wrong with the certificate ({@link CallerPhrases}).
 *
 * <p>A workload calls with what it has: the SPIFFE ID of its MeshIdentity, else, with a Kuma, the several SANs of its mesh's own
 * certificate (up to 2.14), else plaintext.
 */
public final class CallResolver {
    private static final Pattern WITH_PORT = Pattern.compile("(.*):(\\d{1,5})");

    /** Neither a workload's name nor a URI's scheme has a space. */
    private static final Pattern PROSE = Pattern.compile("[^:]* ");

    private final MeshModel model;
    private final List<Workload> workloads;

    public CallResolver(MeshModel model) {
        this.model = model;
        this.workloads = model.workloads();
    }

    /** Where a call goes. */
    public record Callee(Workload workload, Inbound inbound) {}

    /** @param span where the words stand; null if in no file */
    public Optional<Caller> caller(String words, @Nullable SourceSpan span, DiagnosticSink sink) {
        if (words.equals("anonymous")) {
            return Optional.of(new Caller.Anonymous());
        }
        if (words.equals("plaintext")) {
            return Optional.of(new Caller.Plaintext());
        }
        if (words.startsWith(CallerPhrases.EXPIRED)) {
            return certificate(words.substring(CallerPhrases.EXPIRED.length()), span, sink)
                    .map(certificate -> new Caller.ExpiredCertificate(certificate.uriSans()));
        }
        if (words.startsWith(CallerPhrases.FOREIGN)) {
            return certificate(words.substring(CallerPhrases.FOREIGN.length()), span, sink)
                    .map(certificate -> new Caller.ForeignCertificate(certificate.uriSans()));
        }
        if (words.startsWith(CallerPhrases.DNS_NAME)) {
            return Optional.of(new Caller.DnsCertificate(List.of(words.substring(CallerPhrases.DNS_NAME.length()))));
        }
        if (PROSE.matcher(words).lookingAt() && !isFullName(words)) {
            sink.add(
                    DiagnosticId.WORKLOAD_UNKNOWN,
                    span,
                    "no caller is `" + words + "`",
                    "say `" + CallerPhrases.EXPIRED + "ID`, `" + CallerPhrases.FOREIGN + "ID` or `"
                            + CallerPhrases.DNS_NAME + "NAME`");
            return Optional.empty();
        }
        if (words.contains("://")) {
            return Optional.of(new Caller.Certificate(List.of(words)));
        }
        return workload(words, span, sink).flatMap(workload -> {
            Optional<Caller> caller = callerOf(workload);
            if (caller.isEmpty() && workload.identity() instanceof WorkloadIdentity.Absent absent) {
                sink.add(noSpiffeId(words, absent.finding(), span));
            }
            return caller;
        });
    }

    private boolean isFullName(String words) {
        return workloads.stream().anyMatch(workload -> workload.key().fullName().equals(words));
    }

    /** What a workload calls with; empty where that cannot be said. */
    public Optional<Caller> callerOf(Workload workload) {
        return switch (workload.identity()) {
            case WorkloadIdentity.Issued issued ->
                Optional.of(new Caller.Certificate(List.of(issued.id().toString())));
            case WorkloadIdentity.Absent absent -> withoutIdentity(workload, absent);
        };
    }

    /** Only who has a certificate can have one that is no good. */
    private Optional<Caller.Certificate> certificate(String words, @Nullable SourceSpan span, DiagnosticSink sink) {
        Optional<Caller> caller = caller(words, span, sink);
        if (caller.isPresent() && !(caller.get() instanceof Caller.Certificate)) {
            sink.add(DiagnosticId.WORKLOAD_UNKNOWN, span, "`" + words + "` has no certificate with a SPIFFE ID");
        }
        return caller.filter(Caller.Certificate.class::isInstance).map(Caller.Certificate.class::cast);
    }

    /** Empty where it cannot be said: a proxy whose SVID cannot be issued keeps whatever it has. */
    private Optional<Caller> withoutIdentity(Workload workload, WorkloadIdentity.Absent absent) {
        boolean isNone = absent.by() == null || absent.by().notReady() != null;
        if (!model.target().isKuma() || !isNone) {
            return Optional.empty();
        }
        List<String> uriSans = model.target().isKuma2()
                ? BuiltinSvid.of(meshOf(workload), workload)
                        .map(BuiltinSvid::uriSans)
                        .orElse(List.of())
                : List.of();
        return Optional.of(uriSans.isEmpty() ? new Caller.Plaintext() : new Caller.Certificate(uriSans));
    }

    private Mesh meshOf(Workload workload) {
        return model.meshes().stream()
                .filter(mesh -> mesh.name().equals(workload.key().mesh())
                        && mesh.zone().equals(workload.key().zone()))
                .findFirst()
                .orElseThrow();
    }

    private static Diagnostic noSpiffeId(String words, Diagnostic finding, @Nullable SourceSpan span) {
        return new Diagnostic(
                finding.id(),
                Severity.ERROR,
                "the caller `" + words + "` has no SPIFFE ID: " + finding.message(),
                span,
                List.of(),
                finding.help());
    }

    /**
     * @param words a workload, or {@code workload:port}
     * @param port null where the words say it, or the workload has only one
     */
    public Optional<Callee> callee(
            String words, @Nullable Integer port, @Nullable SourceSpan span, DiagnosticSink sink) {
        Matcher withPort = WITH_PORT.matcher(words);
        if (port == null && withPort.matches()) {
            return callee(withPort.group(1), Integer.valueOf(withPort.group(2)), span, sink);
        }
        return workload(words, span, sink)
                .flatMap(workload -> inbound(workload, port, span, sink).map(in -> new Callee(workload, in)));
    }

    private static Optional<Inbound> inbound(
            Workload workload, @Nullable Integer port, @Nullable SourceSpan span, DiagnosticSink sink) {
        // Two Services may name one port: that is one inbound to a caller.
        NavigableMap<Integer, Inbound> inbounds = new TreeMap<>();
        workload.inbounds().forEach(inbound -> inbounds.putIfAbsent(inbound.port(), inbound));
        if (port == null && inbounds.size() == 1) {
            return Optional.of(inbounds.firstEntry().getValue());
        }
        Optional<Inbound> found = port == null ? Optional.empty() : Optional.ofNullable(inbounds.get(port));
        if (found.isEmpty()) {
            String ports = inbounds.isEmpty()
                    ? "it has no inbound"
                    : inbounds.keySet().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", ", "its ports: ", ""));
            String message = port == null
                    ? "`" + workload.key() + "` needs a port to be called on"
                    : "`" + workload.key() + "` has no inbound on port " + port;
            sink.add(DiagnosticId.WORKLOAD_UNKNOWN, span, message, ports);
        }
        return found;
    }

    /** The only workload of this name. */
    public Optional<Workload> workload(String words, @Nullable SourceSpan span, DiagnosticSink sink) {
        List<Workload> named = workloads.stream()
                .filter(workload -> workload.key().shortName().equals(words)
                        || workload.key().fullName().equals(words))
                .toList();
        if (named.size() == 1) {
            return Optional.of(named.get(0));
        }
        if (named.isEmpty()) {
            List<String> names = workloads.stream()
                    .map(workload -> workload.key().shortName())
                    .distinct()
                    .toList();
            String help = NearName.help(words, names)
                    .orElse(names.isEmpty() ? "the sources have no workload" : "there are " + String.join(", ", names));
            sink.add(DiagnosticId.WORKLOAD_UNKNOWN, span, "no workload is called `" + words + "`", help);
        } else {
            String choices = named.stream()
                    .map(workload -> "`" + workload.key().fullName() + "`")
                    .collect(Collectors.joining(" or "));
            sink.add(
                    DiagnosticId.WORKLOAD_AMBIGUOUS,
                    span,
                    named.size() + " workloads are called `" + words + "`",
                    "say " + choices);
        }
        return Optional.empty();
    }
}
