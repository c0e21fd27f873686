package dev.writ.compiler.model;

/** The labels and annotations by which Kuma reads and marks resources (its {@code api/mesh/v1alpha1} and k8s metadata). */
public final class KumaLabels {
    public static final String MESH = "kuma.io/mesh";
    public static final String ZONE = "kuma.io/zone";
    public static final String ORIGIN = "kuma.io/origin";
    public static final String ENVIRONMENT = "kuma.io/env";
    public static final String DISPLAY_NAME = "kuma.io/display-name";
    public static final String WORKLOAD = "kuma.io/workload";
    public static final String NAMESPACE = "k8s.kuma.io/namespace";
    public static final String SERVICE_ACCOUNT = "k8s.kuma.io/service-account";

    /** The tag of an inbound that names the service it is of (up to 2.14). */
    public static final String SERVICE = "kuma.io/service";

    static final String PROTOCOL = "kuma.io/protocol";
    static final String SERVICE_NAME = "k8s.kuma.io/service-name";
    static final String SERVICE_PORT = "k8s.kuma.io/service-port";
    static final String POLICY_ROLE = "kuma.io/policy-role";
    static final String EFFECT = "kuma.io/effect";
    static final String SIDECAR_INJECTION = "kuma.io/sidecar-injection";
    static final String SIDECAR_INJECTED = "kuma.io/sidecar-injected";
    static final String IGNORE = "kuma.io/ignore";
    static final String ZONE_PROXY_TYPE = "k8s.kuma.io/zone-proxy-type";
    static final String PROXY_TYPE = "kuma.io/proxy-type";

    static final String DEFAULT_MESH = "default";

    private KumaLabels() {}
}
