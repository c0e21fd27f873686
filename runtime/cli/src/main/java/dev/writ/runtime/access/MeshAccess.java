package dev.writ.runtime.access;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.analysis.Inventory;
import dev.writ.compiler.analysis.Reach;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.Protocol;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.runtime.judge.CallResolver;
import dev.writ.runtime.judge.Caller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who can call whom in the meshes of a compilation. Callees with the same effective rules are one group, which is looked at once; what
 * becomes of the sorted identities is a row of ranges.
 */
public final class MeshAccess {
    private final MeshModel model;
    private final List<CallingWorkload> callers;
    private final List<CalledInbound> inbounds = new ArrayList<>();
    private final Inventory inventory;
    private final Map<Key, AccessGroup> groups = new HashMap<>();
    private final IdentityHashMap<RuleList, Boolean> asksPort = new IdentityHashMap<>();

    /**
     * What decides. Lowering gives the same lists to inbounds of the same permissions; so it is enough to look whether they are the same
     * ones.
     *
     * @param port 0 where it does not count
     */
    private record Key(Admission admission, Protocol protocol, int port, Same enforced, Same shadow) {}

    /** A list and no other that is equal. */
    private record Same(@Nullable RuleList list) {
        @Override
        @SuppressWarnings("ReferenceEquality") // that is what it is for
        public boolean equals(@Nullable Object other) {
            return other instanceof Same same && same.list == list;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(list);
        }
    }

    private MeshAccess(Compilation compilation) {
        this.model = compilation.model();
        CallResolver resolver = new CallResolver(model);
        this.callers = model.workloads().stream()
                .map(workload -> CallingWorkload.of(workload, resolver))
                .toList();
        this.inventory = new Inventory(callers.stream()
                .flatMap(caller -> Stream.ofNullable(oneId(caller)))
                .toList());
        compilation.policy().workloads().forEach(this::add);
    }

    public static MeshAccess of(Compilation compilation) {
        return new MeshAccess(compilation);
    }

    private static @Nullable String oneId(CallingWorkload caller) {
        return caller.caller() instanceof Caller.Certificate certificate
                        && certificate.uriSans().size() == 1
                        && SpiffeId.of(certificate.uriSans().getFirst()).isPresent()
                ? certificate.uriSans().getFirst()
                : null;
    }

    private void add(WorkloadPolicy policy) {
        Set<Integer> ports = new HashSet<>();
        for (InboundPolicy inbound : policy.inbounds()) {
            // Two Services may name one port, which is one listener; its first inbound decides.
            if (ports.add(inbound.inbound().port())) {
                AccessGroup group = groups.computeIfAbsent(key(inbound), key -> new AccessGroup(inbound, inventory));
                inbounds.add(new CalledInbound(policy.workload(), inbound, group));
            }
        }
    }

    private Key key(InboundPolicy policy) {
        Protocol protocol = policy.inbound().protocol();
        boolean isPortAsked = asksPort(policy.enforced())
                || policy.shadow().filter(this::asksPort).isPresent();
        return new Key(
                policy.admission(),
                protocol,
                isPortAsked ? policy.inbound().port() : 0,
                new Same(policy.enforced()),
                new Same(policy.shadow().orElse(null)));
    }

    /** Rules about HTTP may be asked of a port that speaks something else, and the answer names the port. */
    private boolean asksPort(RuleList list) {
        return asksPort.computeIfAbsent(
                list,
                rules -> rules.rules().stream()
                        .flatMap(rule -> rule.conditions().stream())
                        .anyMatch(condition -> !(condition instanceof Condition.Sni)));
    }

    public MeshModel model() {
        return model;
    }

    /** The SPIFFE IDs of the workloads that have one alone. */
    public Inventory inventory() {
        return inventory;
    }

    /** All workloads, by their names. */
    public List<CallingWorkload> callers() {
        return callers;
    }

    /** All inbounds, by their workloads' names. */
    public List<CalledInbound> inbounds() {
        return inbounds;
    }

    /** Those of the inbounds, each once. */
    public List<AccessGroup> groups() {
        return List.copyOf(groups.values());
    }

    public Access of(CallingWorkload from, CalledInbound to) {
        return to.group().of(from, placeOf(from));
    }

    /**
     * What becomes of calls as they are made: to an inbound without TLS in plaintext, with whatever the caller has; else as {@link #of}
     * says.
     */
    public Access ofCalls(CallingWorkload from, CalledInbound to) {
        return to.group().transport() == AccessGroup.Transport.PLAINTEXT
                        && to.group().reach() instanceof Reach.Known known
                ? new Access.Known(known.plaintext())
                : of(from, to);
    }

    /** Where the inventory has a caller; negative if it does not. */
    public int placeOf(CallingWorkload from) {
        String id = oneId(from);
        Integer place = id == null ? null : inventory.placeOf(id);
        return place == null ? -1 : place;
    }
}
