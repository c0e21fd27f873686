package dev.writ.compiler.model;

import java.util.regex.Pattern;

/**
 * The names Kubernetes admits (RFC 1123). Files are named by them, so that a name which is none must never get further:
 * {@code ../../x} would lead out of the folder that was given.
 */
final class KubernetesNames {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern DNS_LABEL = Pattern.compile(LABEL);
    private static final Pattern DNS_SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

    private static final Pattern UNIVERSAL = Pattern.compile("[a-z0-9_]([-._a-z0-9]*[a-z0-9_])?");

    private KubernetesNames() {}

    static boolean isNamespace(String name) {
        return name.length() <= 63 && DNS_LABEL.matcher(name).matches();
    }

    static boolean isName(String name) {
        return name.length() <= 253 && DNS_SUBDOMAIN.matcher(name).matches();
    }

    /** Outside Kubernetes Kuma admits {@code _} too ({@code apis/mesh/validators}). */
    static boolean isUniversalName(String name) {
        return name.length() <= 253 && UNIVERSAL.matcher(name).matches();
    }
}
