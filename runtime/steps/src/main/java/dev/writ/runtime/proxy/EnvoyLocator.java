package dev.writ.runtime.proxy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds the Envoy to ask: the one that {@code WRIT_ENVOY} names, else {@code envoy} on the {@code PATH}, else the pinned one in
 * the user's cache. Whether it starts is seen when it is started.
 */
public final class EnvoyLocator {
    /** The environment variable that names an Envoy of the user's own. */
    public static final String VARIABLE = "WRIT_ENVOY";

    private final Map<String, String> environment;
    private final EnvoyInstaller installer;

    public EnvoyLocator() {
        this(System.getenv(), new EnvoyInstaller());
    }

    EnvoyLocator(Map<String, String> environment, EnvoyInstaller installer) {
        this.environment = Map.copyOf(environment);
        this.installer = installer;
    }

    /**
     * The Envoy that is there already, if one is.
     *
     * @throws EnvoyUnavailable if {@code WRIT_ENVOY} names something that cannot be run: another Envoy than the one the user
     *     chose is never taken silently
     */
    public Optional<Path> find() throws EnvoyUnavailable {
        String chosen = environment.get(VARIABLE);
        if (chosen != null && !chosen.isEmpty()) {
            return Optional.of(requireExecutable(chosen));
        }
        return new ExecutablePath(environment).find("envoy").or(installer::installed);
    }

    /**
     * The Envoy that is there, else the pinned one, which is then installed.
     *
     * @param progress gets a line where something takes long
     * @throws EnvoyUnavailable if there is none and none can be got
     */
    public Path findOrInstall(Consumer<String> progress) throws EnvoyUnavailable {
        Optional<Path> found = find();
        return found.isPresent() ? found.get() : installer.install(progress);
    }

    private static Path requireExecutable(String chosen) throws EnvoyUnavailable {
        Path path = Path.of(chosen);
        if (!Files.exists(path)) {
            throw new EnvoyUnavailable(VARIABLE + " names `" + chosen + "`, which is not there");
        }
        if (!ExecutablePath.isExecutable(path)) {
            throw new EnvoyUnavailable(VARIABLE + " names `" + chosen + "`, which is no executable file");
        }
        return path.toAbsolutePath();
    }
}
