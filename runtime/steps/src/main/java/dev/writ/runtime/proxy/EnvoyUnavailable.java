package dev.writ.runtime.proxy;

/** Why there is no Envoy to ask: one line for the user, who can do something about it. */
public final class EnvoyUnavailable extends Exception {
    private final String message;

    public EnvoyUnavailable(String message) {
        super(message);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
