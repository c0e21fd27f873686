package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.ClientValidation.Authority;
import dev.writ.runtime.judge.Peer.Issuer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Whether the CA that signed a certificate is one of a bundle's. */
final class IssuerNames {
    private IssuerNames() {}

    /** @param alsoCalled what the config itself calls the bundle's CA */
    static Truth isOf(Issuer issuer, Authority authority, List<String> alsoCalled) {
        return switch (issuer) {
            case Issuer.Trusted trusted -> Truth.YES;
            case Issuer.Untrusted untrusted -> Truth.NO;
            case Issuer.OfTrustDomain of -> isNamed(of.trustDomain(), authority, alsoCalled);
            case Issuer.Named named -> isNamed(named.name(), authority, alsoCalled);
        };
    }

    private static Truth isNamed(String name, Authority authority, List<String> alsoCalled) {
        boolean found = Stream.concat(authority.names().stream(), alsoCalled.stream())
                .anyMatch(known -> known.equals(name) || parts(known).equals(parts(name)));
        if (found) {
            return Truth.YES;
        }
        return authority.known()
                ? Truth.NO
                : new Truth.Unknown("whether the CA `" + name + "` is in the bundle cannot be seen in the config");
    }

    /** A distinguished name in whatever order and with whatever spaces. */
    private static List<String> parts(String name) {
        return Arrays.stream(name.split("(?<!\\\\)[,/]", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .sorted()
                .toList();
    }
}
