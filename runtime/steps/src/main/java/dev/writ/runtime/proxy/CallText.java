package dev.writ.runtime.proxy;

import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SNIHostName;

/** What a call says on the wire. */
final class CallText {
    private CallText() {}

    /** Why a call cannot be made at all, because a certificate or a handshake cannot hold what it says. */
    static Optional<String> unsayable(Call call) {
        return switch (call.caller()) {
            case Caller.Named named -> unsayable(named.uriSans(), "URI").or(() -> unsayableServerName(call));
            case Caller.DnsCertificate certificate ->
                unsayable(certificate.dnsNames(), "DNS name").or(() -> unsayableServerName(call));
            case Caller.Anonymous anonymous -> unsayableServerName(call);
            case Caller.Plaintext plaintext -> Optional.empty();
        };
    }

    private static Optional<String> unsayable(List<String> names, String kind) {
        return names.stream()
                .filter(name -> !name.chars().allMatch(c -> c < 0x80))
                .findFirst()
                .map(name -> "a certificate cannot hold the " + kind + " `" + name + "`: it is not ASCII");
    }

    /**
     * The bytes after the handshake. To an inbound that is not HTTP any will do, and in the clear too, if they are longer than a TLS
     * record's header; a request that HTTP cannot say is replaced, for TLS may still refuse its caller.
     */
    static String payload(Call call, JudgedInbound inbound) {
        boolean asCalled = inbound.http() && call.requestFault().isEmpty();
        String method = asCalled ? Objects.requireNonNullElse(call.method(), "GET") : "GET";
        String path = asCalled ? Objects.requireNonNullElse(call.path(), "/") : "/";
        return method + " " + path + " HTTP/1.1\r\nHost: writ.invalid\r\n\r\n";
    }

    private static Optional<String> unsayableServerName(Call call) {
        String name = call.sni();
        if (name == null || name.isEmpty()) {
            return Optional.empty();
        }
        try {
            return new SNIHostName(name).getAsciiName().isEmpty()
                    ? Optional.of("an empty server name")
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("`" + name + "` is no server name");
        }
    }
}
