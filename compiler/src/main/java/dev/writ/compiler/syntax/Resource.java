package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
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

    /** {@code Mesh}. */
    record MeshResource(
            Metadata metadata,
            SourceSpan span,
            @Nullable Located<String> meshServicesMode,
            @Nullable MtlsSyntax mtls) implements Resource {}

    /**
     * {@code MeshIdentity}.
     *
     * @param matchLabels null where the selector, or its {@code dataplane}, is absent: it selects nothing; empty: it
     *     selects all
     * @param trustDomain null for Kuma's default
     * @param path null for Kuma's default
     * @param provider null where there is none (2.13 and newer): an identity that nobody issues
     */
    record MeshIdentityResource(
            Metadata metadata,
            SourceSpan span,
            @Nullable Map<String, SourceText> matchLabels,
            @Nullable SourceText trustDomain,
            @Nullable SourceText path,
            @Nullable ProviderSyntax provider)
            implements Resource {
        public MeshIdentityResource {
            matchLabels = matchLabels == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(matchLabels));
        }
    }

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
     * {@code MeshTrafficPermission} with {@code rules} or, up to 2.14, {@code from}; both may be there.
     *
     * @param ofFeature whether a feature or a {@code .writ} file declares it: it has no namespace and applies mesh-wide, where a
     *     manifest without a namespace is incomplete
     */
    record PermissionResource(
            Metadata metadata,
            SourceSpan span,
            TargetRef targetRef,
            List<RuleSyntax> rules,
            List<FromSyntax> from,
            boolean ofFeature)
            implements Resource {
        public PermissionResource {
            rules = List.copyOf(rules);
            from = List.copyOf(from);
        }

        /** One of a manifest. */
        public PermissionResource(Metadata metadata, SourceSpan span, TargetRef targetRef, List<RuleSyntax> rules) {
            this(metadata, span, targetRef, rules, List.of(), false);
        }
    }

    /** Writ's {@code group}: callers under one name. */
    record CallerGroupResource(Metadata metadata, SourceSpan span, List<MatchSyntax.CallerMatch> callers)
            implements Resource {
        public CallerGroupResource {
            callers = List.copyOf(callers);
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

    /**
     * {@code Dataplane}. Its mesh stands in its metadata.
     *
     * @param address of the proxy's listeners; null where it is not said
     */
    record DataplaneResource(
            Metadata metadata,
            SourceSpan span,
            @Nullable String address,
            List<DataplaneInbound> inbounds,
            List<DataplaneOutbound> outbounds,
            boolean gateway)
            implements Resource {
        public DataplaneResource {
            inbounds = List.copyOf(inbounds);
            outbounds = List.copyOf(outbounds);
        }
    }

    /**
     * An inbound as the Dataplane states it.
     *
     * @param protocol null where the field is absent; up to 2.14 the tag {@code kuma.io/protocol} says it then
     * @param address of its listener, where it is not the dataplane's
     * @param serviceAddress of the application; null: the proxy's own
     * @param servicePort of the application; null: the inbound's port
     */
    record DataplaneInbound(
            @Nullable String name,
            int port,
            @Nullable String protocol,
            boolean ready,
            @Nullable String address,
            @Nullable String serviceAddress,
            @Nullable Integer servicePort,
            Map<String, String> tags,
            SourceSpan span) {
        public DataplaneInbound {
            tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        }

        /** One of which nothing is said but what it serves. */
        public DataplaneInbound(
                @Nullable String name, int port, @Nullable String protocol, boolean ready, SourceSpan span) {
            this(name, port, protocol, ready, null, null, null, Map.of(), span);
        }
    }

    /**
     * A service that the dataplane calls: by {@code backendRef} to a MeshService, or by tags.
     *
     * @param backend null where it is named by tags
     */
    record DataplaneOutbound(
            @Nullable String address,
            int port,
            @Nullable BackendRef backend,
            Map<String, String> tags,
            SourceSpan span) {
        public DataplaneOutbound {
            tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        }
    }

    /**
     * {@code backendRef}.
     *
     * @param kind {@code MeshService}, {@code MeshMultiZoneService} or {@code MeshExternalService}
     * @param name null where it is chosen by labels
     */
    record BackendRef(
            Located<String> kind,
            @Nullable Located<String> name,
            Map<String, String> labels,
            @Nullable Integer port) {
        public BackendRef {
            labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        }
    }

    /**
     * {@code MeshTLS}: how much of TLS the inbounds it selects insist on. Each setting is null where it is not set.
     *
     * @param settings of {@code rules} (2.12 and newer) or of {@code from} with {@code kind: Mesh} (up to 2.14), in their order
     */
    record MeshTlsResource(Metadata metadata, SourceSpan span, TargetRef targetRef, List<TlsSettings> settings)
            implements Resource {
        public MeshTlsResource {
            settings = List.copyOf(settings);
        }
    }

    /**
     * One entry's {@code default}.
     *
     * @param mode {@code Strict} or {@code Permissive}
     * @param minVersion {@code TLSAuto}, {@code TLS10} to {@code TLS13}
     * @param ciphers null where they are not set
     * @param ofFrom whether it stands under {@code from}
     */
    record TlsSettings(
            @Nullable Located<String> mode,
            @Nullable Located<String> minVersion,
            @Nullable Located<String> maxVersion,
            @Nullable List<Located<String>> ciphers,
            boolean ofFrom,
            SourceSpan span) {
        public TlsSettings {
            ciphers = ciphers == null ? null : List.copyOf(ciphers);
        }
    }

    /**
     * {@code MeshService}: what a client's cluster is made of.
     *
     * @param dataplaneTags {@code selector.dataplaneTags}; null where it is not set
     * @param dataplaneLabels {@code selector.dataplaneLabels.matchLabels} (3); null where it is not set
     * @param dataplaneName {@code selector.dataplaneRef.name}; null where it is not set
     * @param identities {@code spec.identities}, which the control plane keeps; empty in what people write
     * @param tlsReady {@code status.tls.status: Ready}; null where the status is not there
     */
    record MeshServiceResource(
            Metadata metadata,
            SourceSpan span,
            @Nullable Map<String, String> dataplaneTags,
            @Nullable Map<String, String> dataplaneLabels,
            @Nullable Located<String> dataplaneName,
            List<MeshServicePort> ports,
            List<ServiceIdentity> identities,
            @Nullable Boolean tlsReady)
            implements Resource {
        public MeshServiceResource {
            dataplaneTags =
                    dataplaneTags == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(dataplaneTags));
            dataplaneLabels =
                    dataplaneLabels == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(dataplaneLabels));
            ports = List.copyOf(ports);
            identities = List.copyOf(identities);
        }
    }

    /**
     * A port of a MeshService.
     *
     * @param targetPort a number or the name of an inbound; the port itself where it is left out
     * @param appProtocol {@code tcp} where it is left out
     */
    record MeshServicePort(@Nullable String name, int port, String targetPort, String appProtocol, SourceSpan span) {}

    /** An entry of {@code spec.identities}: type {@code ServiceTag} or {@code SpiffeID}. */
    record ServiceIdentity(String type, String value) {}

    /** {@code Secret}, core or Kuma's: its data as text, never shown. Of a Secret of the cluster the values are decoded. */
    record SecretResource(Metadata metadata, SourceSpan span, Map<String, SourceText> data) implements Resource {
        public SecretResource {
            data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        }
    }

    /**
     * SPIRE's {@code ClusterSPIFFEID}: which pods the SPIRE server registers, under which SPIFFE ID.
     *
     * @param podSelector null where it is not set: every pod
     * @param namespaceSelector null where it is not set: every namespace
     * @param workloadSelectorTemplates selectors in SPIRE's words, for example {@code k8s:ns:shop}: a pod is attested only if it has all of them
     */
    record ClusterSpiffeIdResource(
            Metadata metadata,
            SourceSpan span,
            SourceText spiffeIdTemplate,
            @Nullable LabelSelectorSyntax podSelector,
            @Nullable LabelSelectorSyntax namespaceSelector,
            List<SourceText> workloadSelectorTemplates)
            implements Resource {
        public ClusterSpiffeIdResource {
            workloadSelectorTemplates = List.copyOf(workloadSelectorTemplates);
        }
    }

    /** A Kubernetes label selector: all labels and all expressions must hold. */
    record LabelSelectorSyntax(Map<String, String> matchLabels, List<Requirement> matchExpressions, SourceSpan span) {
        public LabelSelectorSyntax {
            matchLabels = Collections.unmodifiableMap(new LinkedHashMap<>(matchLabels));
            matchExpressions = List.copyOf(matchExpressions);
        }

        /** {@code operator} is {@code In}, {@code NotIn}, {@code Exists} or {@code DoesNotExist}. */
        public record Requirement(String key, String operator, List<String> values) {
            public Requirement {
                values = List.copyOf(values);
            }
        }
    }

    /** A kind that can change who may call whom and that Writ does not model: verdicts it may touch become unknown. */
    record UnmodelledResource(String kind, Metadata metadata, SourceSpan span) implements Resource {}
}
