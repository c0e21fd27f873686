package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A resource as it was read: its fields checked against the kind's schema, nothing bound to anything else yet.
 *
 * <p>Kuma's kinds follow {@code kuma.io/v1alpha1}, the others the Kubernetes API. The span is that of the {@code kind}
 * value's document head: what a finding about the resource as a whole underlines (its name, where it has one).
 */
public sealed interface Resource {
    Metadata metadata();

    SourceSpan span();

    /** {@code Mesh}. What Writ cannot judge yet (builtin mTLS) is an error of the reader, not a field here. */
    record MeshResource(
            Metadata metadata, SourceSpan span, @Nullable Located<String> meshServicesMode) implements Resource {}

    /**
     * {@code MeshIdentity}.
     *
     * @param matchLabels null where the selector, or its {@code dataplane}, is absent: it selects nothing; empty: it
     *     selects all
     * @param trustDomain null for Kuma's default
     * @param path null for Kuma's default
     */
    record MeshIdentityResource(
            Metadata metadata,
            SourceSpan span,
            @Nullable Map<String, SourceText> matchLabels,
            @Nullable SourceText trustDomain,
            @Nullable SourceText path,
            BundledProvider provider)
            implements Resource {
        public MeshIdentityResource {
            matchLabels = matchLabels == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(matchLabels));
        }
    }

    /** {@code provider.bundled}. Defaults are Kuma's: trust creation enabled, the rest off, expiry 24 h. */
    record BundledProvider(
            boolean meshTrustCreation,
            boolean insecureAllowSelfSigned,
            boolean autogenerate,
            Duration expiry,
            SourceSpan span) {}

    /** {@code MeshTrust}: each bundle one PEM text. */
    record MeshTrustResource(
            Metadata metadata,
            SourceSpan span,
            SourceText trustDomain,
            List<SourceText> caBundles,
            @Nullable String originKri)
            implements Resource {
        public MeshTrustResource {
            caBundles = List.copyOf(caBundles);
        }
    }

    /**
     * {@code MeshTrafficPermission} with {@code rules}.
     *
     * @param ofFeature whether a feature declares it: it has no namespace and applies mesh-wide, where a manifest without
     *     a namespace is incomplete
     */
    record PermissionResource(
            Metadata metadata, SourceSpan span, TargetRef targetRef, List<RuleSyntax> rules, boolean ofFeature)
            implements Resource {
        public PermissionResource {
            rules = List.copyOf(rules);
        }

        /** One of a manifest. */
        public PermissionResource(Metadata metadata, SourceSpan span, TargetRef targetRef, List<RuleSyntax> rules) {
            this(metadata, span, targetRef, rules, false);
        }
    }

    /** {@code Namespace}. */
    record NamespaceResource(Metadata metadata, SourceSpan span) implements Resource {}

    /**
     * Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob (its pod template) or a Pod (itself).
     *
     * @param kind as written, for example {@code Deployment}
     * @param podMetadata the labels and annotations its pods get; a Pod's own
     * @param status what the cluster says of a Pod; {@link PodStatus#UNKNOWN} for the others and for manifests
     */
    record PodOwnerResource(
            String kind, Metadata metadata, SourceSpan span, Metadata podMetadata, PodSpec pod, PodStatus status)
            implements Resource {

        /** One whose status nobody told. */
        public PodOwnerResource(String kind, Metadata metadata, SourceSpan span, Metadata podMetadata, PodSpec pod) {
            this(kind, metadata, span, podMetadata, pod, PodStatus.UNKNOWN);
        }
    }

    /**
     * The part of a Pod's status that makes an inbound ready or not.
     *
     * @param terminating whether the Pod has a {@code deletionTimestamp}
     * @param containerReady by container name, from {@code containerStatuses} and {@code initContainerStatuses}
     */
    record PodStatus(boolean terminating, Map<String, Boolean> containerReady) {
        public static final PodStatus UNKNOWN = new PodStatus(false, Map.of());

        public PodStatus {
            containerReady = Collections.unmodifiableMap(new LinkedHashMap<>(containerReady));
        }
    }

    /** The part of a pod spec that Kuma's converter reads. */
    record PodSpec(
            @Nullable Located<String> serviceAccountName, List<Container> containers, List<Container> initContainers) {
        public PodSpec {
            containers = List.copyOf(containers);
            initContainers = List.copyOf(initContainers);
        }
    }

    record Container(
            String name,
            List<ContainerPort> ports,
            @Nullable String restartPolicy) {
        public Container {
            ports = List.copyOf(ports);
        }
    }

    /**
     * A port of a container.
     *
     * @param protocol {@code TCP} where the manifest leaves it out
     */
    record ContainerPort(@Nullable String name, int containerPort, String protocol, SourceSpan span) {}

    /**
     * {@code Service}.
     *
     * @param selector null where it has none
     * @param type {@code ClusterIP} where the manifest leaves it out
     */
    record ServiceResource(
            Metadata metadata,
            SourceSpan span,
            @Nullable Map<String, String> selector,
            String type,
            List<ServicePort> ports)
            implements Resource {
        public ServiceResource {
            selector = selector == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(selector));
            ports = List.copyOf(ports);
        }
    }

    /**
     * A port of a Service.
     *
     * @param targetPort a number or the name of a container port; the port itself where the manifest leaves it out */
    record ServicePort(
            @Nullable String name,
            int port,
            String targetPort,
            String protocol,
            @Nullable Located<String> appProtocol,
            SourceSpan span) {}

    /** {@code Dataplane} in its Kubernetes form, as {@code kubectl get} prints it. */
    record DataplaneResource(
            Metadata metadata,
            SourceSpan span,
            @Nullable Located<String> mesh,
            List<DataplaneInbound> inbounds,
            boolean gateway)
            implements Resource {
        public DataplaneResource {
            inbounds = List.copyOf(inbounds);
        }
    }

    /**
     * An inbound as the Dataplane states it.
     *
     * @param protocol null where neither the field nor the tag {@code kuma.io/protocol} says one */
    record DataplaneInbound(
            @Nullable String name, int port, @Nullable String protocol, boolean ready, SourceSpan span) {}

    /** A kind that can change who may call whom and that Writ does not model: verdicts it may touch become unknown. */
    record UnmodelledResource(String kind, Metadata metadata, SourceSpan span) implements Resource {}
}
