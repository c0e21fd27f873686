package dev.writ.runtime.proxy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.writ.runtime.judge.Peer;
import dev.writ.runtime.judge.Request;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a disagreement smaller as long as the two still disagree; all that could be next is asked of one Envoy. */
final class FuzzShrinking {
    private static final int ROUNDS = 60;
    private static final int CANDIDATES = 400;

    private final FuzzRound round;

    FuzzShrinking(FuzzRound round) {
        this.round = round;
    }

    FuzzRound.Outcome smallest(FuzzRound.Outcome disagreement) {
        FuzzRound.Outcome best = disagreement;
        for (int i = 0; i < ROUNDS; i++) {
            Optional<FuzzRound.Outcome> smaller = round.judge(smaller(best.of())).stream()
                    .filter(outcome ->
                            outcome.isDisagreement() && outcome.kind().equals(disagreement.kind()))
                    .min(Comparator.comparingInt(outcome -> size(outcome.of())));
            if (smaller.isEmpty()) {
                return best;
            }
            best = smaller.get();
        }
        return best;
    }

    private static int size(FuzzCase one) {
        return one.listener().getSerializedSize() + one.request().toString().length();
    }

    private static List<FuzzCase> smaller(FuzzCase one) {
        Set<FuzzCase> smaller = new LinkedHashSet<>();
        requests(one.request()).forEach(request -> smaller.add(one.with(request)));
        FuzzMessages.edited(one.listener(), FuzzEdits::smaller)
                .limit(CANDIDATES)
                .map(FuzzShrinking::listener)
                .forEach(listener -> smaller.add(one.with(listener)));
        return smaller.stream().filter(candidate -> size(candidate) < size(one)).toList();
    }

    private static Listener listener(Message message) {
        try {
            return message instanceof Listener listener ? listener : Listener.parseFrom(message.toByteString());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Request> requests(Request request) {
        List<Request> smaller = new ArrayList<>();
        smaller.add(request(
                request, new Peer.Plaintext(), request.serverName(), "GET", request.path(), FuzzCase.headers(request)));
        smaller.add(request(
                request, new Peer.Anonymous(), request.serverName(), "GET", request.path(), FuzzCase.headers(request)));
        smaller.add(
                request(request, request.peer(), null, request.method(), request.path(), FuzzCase.headers(request)));
        smaller.add(request(
                request, request.peer(), request.serverName(), "GET", request.path(), FuzzCase.headers(request)));
        smaller.add(request(
                request, request.peer(), request.serverName(), request.method(), "/", FuzzCase.headers(request)));
        for (int i = 0; i < FuzzCase.headers(request).size(); i++) {
            List<Request.Header> fewer = new ArrayList<>(FuzzCase.headers(request));
            fewer.remove(i);
            smaller.add(
                    request(request, request.peer(), request.serverName(), request.method(), request.path(), fewer));
        }
        if (request.peer() instanceof Peer.Certificate certificate) {
            for (Peer peer : certificates(certificate)) {
                smaller.add(request(
                        request,
                        peer,
                        request.serverName(),
                        request.method(),
                        request.path(),
                        FuzzCase.headers(request)));
            }
        }
        return smaller;
    }

    private static List<Peer> certificates(Peer.Certificate certificate) {
        List<Peer> smaller = new ArrayList<>();
        for (int i = 0; i < certificate.uriSans().size(); i++) {
            List<String> fewer = new ArrayList<>(certificate.uriSans());
            fewer.remove(i);
            smaller.add(new Peer.Certificate(
                    fewer, certificate.dnsSans(), certificate.subject(), certificate.issuer(), certificate.notAfter()));
        }
        smaller.add(new Peer.Certificate(
                certificate.uriSans(), List.of(), certificate.subject(), certificate.issuer(), certificate.notAfter()));
        smaller.add(new Peer.Certificate(
                certificate.uriSans(), certificate.dnsSans(), "", certificate.issuer(), certificate.notAfter()));
        return smaller;
    }

    private static Request request(
            Request of,
            Peer peer,
            @org.jspecify.annotations.Nullable String sni,
            String method,
            String path,
            List<Request.Header> headers) {
        return new Request(
                peer,
                of.applicationProtocols(),
                sni,
                of.source(),
                of.destination(),
                of.proxyHeader(),
                method,
                path,
                of.host(),
                headers);
    }
}
