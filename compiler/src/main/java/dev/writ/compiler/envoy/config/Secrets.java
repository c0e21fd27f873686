package dev.writ.compiler.envoy.config;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the secrets that TLS contexts name: those of the bootstrap, and those in the artifact's SDS files. */
final class Secrets {
    private final Decoding decoding;
    private final Map<String, List<Secret>> files;
    private final List<Secret> fromBootstrap;

    Secrets(Decoding decoding, Map<String, List<Secret>> files, List<Secret> fromBootstrap) {
        this.decoding = decoding;
        this.files = files;
        this.fromBootstrap = List.copyOf(fromBootstrap);
    }

    /** Empty where the secret comes from elsewhere than these files, so that nobody knows it offline. */
    Optional<Secret> find(SdsSecretConfig reference, String place) {
        if (!reference.hasSdsConfig()) {
            return find(fromBootstrap, reference.getName(), place);
        }
        List<Secret> file =
                files.get(reference.getSdsConfig().getPathConfigSource().getPath());
        return file == null ? Optional.empty() : find(file, reference.getName(), place);
    }

    private Optional<Secret> find(List<Secret> secrets, String name, String place) {
        Optional<Secret> found =
                secrets.stream().filter(secret -> secret.getName().equals(name)).findFirst();
        if (found.isEmpty()) {
            decoding.refuse(place, "there is no secret `" + name + "` where it should be");
        }
        return found;
    }
}
