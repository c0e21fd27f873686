package dev.writ.compiler.envoy;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Origin;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Principal.Segments;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Protocol;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Builds the IR that tests of this package lower and emit. */
public final class Policies {
    public static final String TRUST_DOMAIN = "default.default.mesh.local";
    public static final String ID = "spiffe://" + TRUST_DOMAIN;
    private static final SourceFile FILE = new SourceFile("policy.yaml", "kv-rule\nkv-port\nkv-workload\n");
    private static final SourceSpan RULE = FILE.span(0, 7);
    private static final SourceSpan PORT = FILE.span(8, 15);
    private static final SourceSpan WORKLOAD = FILE.span(16, 27);

    private Policies() {}

    public static Inbound inbound(int port, Protocol protocol) {
        return new Inbound(null, port, protocol, Inbound.State.READY, PORT);
    }

    public static Rule allow(String name, Principal principal, Condition... conditions) {
        return rule(Action.ALLOW, name, principal, conditions);
    }

    public static Rule deny(String name, Principal principal, Condition... conditions) {
        return rule(Action.DENY, name, principal, conditions);
    }

    public static Rule rule(Action action, String name, Principal principal, Condition... conditions) {
        return new Rule(action, principal, Arrays.asList(conditions), new Origin(name, RULE));
    }

    /** {@code "*"} is any segment; a trailing {@code "**"} is one or more. */
    public static Segments segments(String... names) {
        boolean below = names[names.length - 1].equals("**");
        return new Segments(
                Stream.of(names)
                        .limit(below ? names.length - 1 : names.length)
                        .map(name -> name.equals("*") ? Optional.<String>empty() : Optional.of(name))
                        .toList(),
                below);
    }

    public static RuleList enforced(Rule... rules) {
        return new RuleList(Arrays.asList(rules), Action.DENY);
    }

    public static RuleList shadow(Rule... rules) {
        return new RuleList(Arrays.asList(rules), Action.ALLOW);
    }

    public static MutualTls mutualTls(String... trustDomains) {
        List<String> prefixes =
                Stream.of(trustDomains).map(name -> "spiffe://" + name + "/").toList();
        return new MutualTls(Arrays.asList(trustDomains), prefixes, true);
    }

    public static Admission undecidable(DiagnosticId id, String message) {
        return new Admission.Undecidable(Diagnostic.of(id, WORKLOAD, message));
    }

    public static InboundPolicy http(int port, RuleList enforced) {
        return new InboundPolicy(inbound(port, Protocol.HTTP), mutualTls(TRUST_DOMAIN), enforced, Optional.empty());
    }

    public static InboundPolicy tcp(int port, RuleList enforced) {
        return new InboundPolicy(inbound(port, Protocol.TCP), mutualTls(TRUST_DOMAIN), enforced, Optional.empty());
    }

    public static WorkloadPolicy workload(String name, InboundPolicy... inbounds) {
        WorkloadKey key = new WorkloadKey("default", "default", "Deployment", "kuma-demo", name);
        WorkloadIdentity none = new WorkloadIdentity.Absent(
                null, Diagnostic.of(DiagnosticId.IDENTITY_NONE_SELECTED, WORKLOAD, "no identity is needed to emit"));
        List<InboundPolicy> policies = Arrays.asList(inbounds);
        Workload workload = new Workload(
                key,
                WORKLOAD,
                new TreeMap<>(),
                policies.stream().map(InboundPolicy::inbound).toList(),
                none,
                List.of());
        return new WorkloadPolicy(workload, policies);
    }
}
