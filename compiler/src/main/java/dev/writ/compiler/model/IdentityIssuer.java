package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.model.WorkloadIdentity.Absent;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.ProviderSyntax;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gives the workloads of one mesh their identities. */
final class IdentityIssuer {
    private final List<WorkloadDraft> drafts;
    private final List<BoundIdentity> identities;
    private final boolean areServicesOff;
    private final IdentityHashMap<WorkloadDraft, BoundIdentity> selected = new IdentityHashMap<>();
    private final IdentityHashMap<BoundIdentity, MeshIdentity> finished = new IdentityHashMap<>();
    private final IdentityHashMap<WorkloadDraft, WorkloadIdentity> issued = new IdentityHashMap<>();

    /**
     * @param areServicesOff whether the mesh has its MeshServices in another mode than MeshIdentities need
     */
    IdentityIssuer(List<WorkloadDraft> drafts, List<BoundIdentity> identities, boolean areServicesOff) {
        this.drafts = drafts;
        this.identities = identities;
        this.areServicesOff = areServicesOff;
        IdentitySelection selection = new IdentitySelection(identities);
        drafts.forEach(draft -> selection.select(draft.labels()).ifPresent(identity -> selected.put(draft, identity)));
        identities.forEach(identity -> finished.put(identity, finish(identity)));
    }

    List<MeshIdentity> identities() {
        return identities.stream().map(this::finished).toList();
    }

    private MeshIdentity finished(BoundIdentity identity) {
        MeshIdentity mesh = finished.get(identity);
        if (mesh == null) {
            throw new IllegalStateException("an identity of another mesh: " + identity.name());
        }
        return mesh;
    }

    // What its own labels leave open counts as its trust domain where all its workloads agree.
    private MeshIdentity finish(BoundIdentity identity) {
        String trustDomain = null;
        String unresolved = null;
        switch (identity.trustDomain(Map.of())) {
            case TrustDomainResolver.Resolved resolved -> trustDomain = resolved.trustDomain();
            case TrustDomainResolver.Unresolved findings -> {
                Set<String> issued = issuedTrustDomains(identity);
                trustDomain = issued.size() == 1 ? issued.iterator().next() : null;
                unresolved = issued.isEmpty() ? findings.findings().getFirst().message() : null;
            }
        }
        List<StatusCondition> conditions = IdentityStatus.of(identity, unresolved, areServicesOff);
        return new MeshIdentity(
                identity.name(),
                identity.resource(),
                identity.trustDomainTemplate(),
                identity.pathTemplate(),
                identity.provider(),
                conditions,
                trustDomain,
                conditions.getLast().isTrue() ? null : notReady(identity, unresolved),
                identity.kri());
    }

    private Set<String> issuedTrustDomains(BoundIdentity identity) {
        Set<String> issued = new LinkedHashSet<>();
        for (WorkloadDraft draft : drafts) {
            if (identity.equals(selected.get(draft))
                    && identity.trustDomain(draft.labels()) instanceof TrustDomainResolver.Resolved resolved) {
                issued.add(resolved.trustDomain());
            }
        }
        return issued;
    }

    private String notReady(BoundIdentity identity, @Nullable String unresolved) {
        if (areServicesOff) {
            return "its mesh does not have `meshServices.mode: Exclusive`";
        }
        return identity.notReady() == null ? "its trust domain does not resolve: " + unresolved : identity.notReady();
    }

    WorkloadIdentity identityOf(WorkloadDraft draft) {
        return issued.computeIfAbsent(draft, this::identify);
    }

    private WorkloadIdentity identify(WorkloadDraft draft) {
        BoundIdentity identity = selected.get(draft);
        if (identity == null) {
            return new Absent(
                    null,
                    Diagnostic.of(
                            DiagnosticId.IDENTITY_NONE_SELECTED,
                            draft.span(),
                            "no MeshIdentity selects the workload `" + draft.key() + "`",
                            "without an identity Kuma leaves its inbounds in plaintext, open to everyone"));
        }
        MeshIdentity by = finished(identity);
        String notReady = areServicesOff ? by.notReady() : identity.notReady();
        if (notReady != null) {
            return new Absent(
                    by,
                    Diagnostic.of(
                                    DiagnosticId.IDENTITY_NOT_READY,
                                    placeOf(identity),
                                    "the MeshIdentity `" + identity.name() + "` cannot issue: " + notReady,
                                    "Kuma leaves the inbounds of its workloads in plaintext, open to everyone, and"
                                            + " takes no other MeshIdentity instead")
                            .withRelated(draft.span(), "selected for this workload"));
        }
        if (draft.withoutSpire() != null && identity.provider() instanceof IdentityProvider.Spire) {
            Diagnostic refused = Diagnostic.of(
                    DiagnosticId.TRUST_SPIRE_MISMATCH,
                    draft.withoutSpire(),
                    "this keeps the socket of the SPIRE agent from pods that the MeshIdentity `" + identity.name()
                            + "` selects",
                    "without it Kuma gives them no identity, and leaves their inbounds in plaintext, open to everyone");
            return absent(by, draft, List.of(refused));
        }
        return switch (identity.trustDomain(draft.labels())) {
            case TrustDomainResolver.Unresolved unresolved -> absent(by, draft, unresolved.findings());
            case TrustDomainResolver.Resolved resolved -> issue(identity, by, resolved.trustDomain(), draft);
        };
    }

    private static SourceSpan placeOf(BoundIdentity identity) {
        ProviderSyntax provider = identity.resource().provider();
        return provider == null ? identity.resource().span() : provider.span();
    }

    private static WorkloadIdentity issue(
            BoundIdentity identity, MeshIdentity by, String trustDomain, WorkloadDraft draft) {
        // Kuma looks at a path that is stated, not at its default.
        SourceText path = identity.resource().path();
        boolean isStated = path != null && !path.value().isEmpty();
        if (isStated
                && WorkloadLabel.isReadBy(identity.pathTemplate())
                && !draft.labels().containsKey(KumaLabels.WORKLOAD)) {
            Diagnostic refused = Diagnostic.of(
                    DiagnosticId.TEMPLATE_MISSING_LABEL,
                    identity.pathTemplate().text().span(),
                    "there is no label `" + KumaLabels.WORKLOAD + "`, which the path needs",
                    "Kuma refuses the connection of its proxy");
            return absent(by, draft, List.of(refused));
        }
        return switch (identity.spiffeId(trustDomain, draft.labels())) {
            case SpiffeIdResolver.Resolved resolved -> new Issued(by, resolved.id());
            case SpiffeIdResolver.Unresolved unresolved -> absent(by, draft, unresolved.findings());
        };
    }

    private static WorkloadIdentity absent(MeshIdentity by, WorkloadDraft draft, List<Diagnostic> findings) {
        List<Diagnostic> placed = new ArrayList<>();
        for (Diagnostic finding : findings) {
            // A variable that no template has is wrong for every workload: one finding, not one for each.
            placed.add(
                    finding.id() == DiagnosticId.TEMPLATE_UNKNOWN_VARIABLE
                            ? finding
                            : finding.withRelated(draft.span(), "for the workload `" + draft.key() + "`"));
        }
        return new Absent(by, placed.getFirst(), placed.subList(1, placed.size()));
    }

    /** The trust domains in which an identity's workloads have their SPIFFE IDs, its own first. */
    List<String> trustDomains(MeshIdentity identity) {
        Set<String> trustDomains = new LinkedHashSet<>();
        Optional.ofNullable(identity.trustDomain()).ifPresent(trustDomains::add);
        for (WorkloadDraft draft : drafts) {
            if (identityOf(draft) instanceof Issued issued && issued.by().equals(identity)) {
                trustDomains.add(issued.id().trustDomain());
            }
        }
        return List.copyOf(trustDomains);
    }

    /**
     * The SPIFFE IDs that Kuma lets clients expect of a dataplane with these labels: of every MeshIdentity that matches them, not
     * only of the one that is selected, and of those without a provider too ({@code meshservice/status/updater.go}).
     */
    NavigableSet<String> advertised(Map<String, String> labels) {
        NavigableSet<String> ids = new TreeSet<>();
        for (BoundIdentity identity : identities) {
            MeshIdentity by = finished(identity);
            if (identity.matches(labels) && (by.notReady() == null || isPartlyReady(by))) {
                advertised(identity, labels).ifPresent(ids::add);
            }
        }
        return ids;
    }

    private static Optional<String> advertised(BoundIdentity identity, Map<String, String> labels) {
        return identity.advertisedTrustDomain(labels) instanceof TrustDomainResolver.Resolved domain
                        && identity.spiffeId(domain.trustDomain(), labels) instanceof SpiffeIdResolver.Resolved resolved
                ? Optional.of(resolved.id().toString())
                : Optional.empty();
    }

    private static boolean isPartlyReady(MeshIdentity identity) {
        return !identity.conditions().isEmpty()
                && identity.conditions().getLast().reason().equals("PartiallyReady");
    }

    /** Whether any MeshIdentity of the mesh is ready. */
    boolean isAnyReady() {
        return identities.stream().anyMatch(identity -> finished(identity).notReady() == null);
    }

    /**
     * Whether a dataplane with these labels has an identity that clients can verify: a MeshIdentity that is ready, in a trust
     * domain that the mesh trusts. A SPIRE agent brings the trust with it.
     */
    boolean isVerifiable(Map<String, String> labels, Set<String> trusted) {
        return identities.stream()
                .filter(identity ->
                        identity.matches(labels) && finished(identity).notReady() == null)
                .anyMatch(identity -> identity.provider() instanceof IdentityProvider.Spire
                        || identity.advertisedTrustDomain(labels) instanceof TrustDomainResolver.Resolved domain
                                && trusted.contains(domain.trustDomain()));
    }
}
