package dev.writ.compiler.envoy.config;

import com.google.api.expr.v1alpha1.Expr;
import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.envoyproxy.envoy.type.v3.Int32Range;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Decodes classic RBAC rules. What is said in CEL, of metadata or of an upstream host is kept as not modelled. */
final class PolicyDecoder {
    private static final int PORTS = 65536;

    private final Decoding decoding;
    private final RbacDecoder.Layer layer;
    private final TextMatcherDecoder texts;
    private final HeaderMatchDecoder headers;
    private final IpBlockDecoder blocks;
    private final IdentifierDecoder identifiers;

    PolicyDecoder(Decoding decoding, RbacDecoder.Layer layer) {
        this.decoding = decoding;
        this.layer = layer;
        this.texts = new TextMatcherDecoder(decoding);
        this.headers = new HeaderMatchDecoder(decoding);
        this.blocks = new IpBlockDecoder(decoding);
        this.identifiers = new IdentifierDecoder(decoding, layer);
    }

    RbacRules decode(RBAC rules, String place) {
        List<RbacRules.Policy> policies = new ArrayList<>();
        rules.getPoliciesMap().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned)))
                .forEach(policy -> policies.add(
                        policy(policy.getKey(), policy.getValue(), place + ".policies[`" + policy.getKey() + "`]")));
        return new RbacRules.ByPolicies(
                switch (rules.getAction()) {
                    case ALLOW -> OnMatch.Effect.ALLOW;
                    case LOG -> OnMatch.Effect.LOG;
                    // An action that does not exist is refused by Envoy's own rules.
                    case DENY, UNRECOGNIZED -> OnMatch.Effect.DENY;
                },
                policies);
    }

    private RbacRules.Policy policy(String name, Policy policy, String place) {
        boolean condition = policy.hasCondition() || policy.hasCheckedCondition();
        if (policy.hasCondition() && policy.getCondition().getExprKindCase() == Expr.ExprKindCase.EXPRKIND_NOT_SET) {
            decoding.refuse(place + ".condition", "an expression that says nothing");
        }
        return new RbacRules.Policy(
                name,
                members(policy.getPermissionsList(), place + ".permissions", this::permission),
                members(policy.getPrincipalsList(), place + ".principals", identifiers::decode),
                condition
                        ? Optional.of(decoding.unmodelled(place, "a condition in CEL is not modelled"))
                        : Optional.empty());
    }

    static <M, T> List<T> members(List<M> messages, String place, BiFunction<M, String, T> decode) {
        List<T> members = new ArrayList<>();
        for (M message : messages) {
            members.add(decode.apply(message, place + "[" + members.size() + "]"));
        }
        return members;
    }

    private Permission permission(io.envoyproxy.envoy.config.rbac.v3.Permission permission, String place) {
        return switch (permission.getRuleCase()) {
            case ANY -> new Permission.Any();
            case AND_RULES ->
                new Permission.AllOf(
                        members(permission.getAndRules().getRulesList(), place + ".and_rules.rules", this::permission));
            case OR_RULES ->
                new Permission.AnyOf(
                        members(permission.getOrRules().getRulesList(), place + ".or_rules.rules", this::permission));
            case NOT_RULE -> new Permission.Not(permission(permission.getNotRule(), place + ".not_rule"));
            case HEADER ->
                layer == RbacDecoder.Layer.NETWORK
                        ? decoding.refuse(place + ".header", "a network filter sees no HTTP headers")
                        : new Permission.Header(headers.decode(permission.getHeader(), place + ".header"));
            case URL_PATH ->
                new Permission.UrlPath(texts.decode(permission.getUrlPath().getPath(), place + ".url_path.path"));
            case DESTINATION_IP ->
                blocks.decode(permission.getDestinationIp(), place + ".destination_ip")
                        .<Permission>map(Permission.DestinationIp::new)
                        .orElseGet(() -> new Unmodelled("a broken IP address"));
            case DESTINATION_PORT ->
                new Permission.DestinationPorts(permission.getDestinationPort(), permission.getDestinationPort() + 1);
            case DESTINATION_PORT_RANGE ->
                ports(permission.getDestinationPortRange(), place + ".destination_port_range");
            case REQUESTED_SERVER_NAME ->
                new Permission.ServerName(
                        texts.decode(permission.getRequestedServerName(), place + ".requested_server_name"));
            case METADATA, SOURCED_METADATA -> decoding.unmodelled(place, "metadata is not modelled");
            case MATCHER -> decoding.notModelled("the permission", permission.getMatcher(), place);
            case URI_TEMPLATE -> template(permission.getUriTemplate(), place + ".uri_template");
            case RULE_NOT_SET -> decoding.unmodelled(place, "a permission that asks nothing");
        };
    }

    private Permission ports(Int32Range range, String place) {
        if (range.getStart() < 0 || range.getStart() > PORTS || range.getEnd() < 0 || range.getEnd() > PORTS) {
            return decoding.refuse(place, "a range of ports outside 0 to " + PORTS);
        }
        return range.getStart() >= range.getEnd()
                ? decoding.refuse(
                        place, "a range of ports that ends before it starts, or is empty: `end` is not part of it")
                : new Permission.DestinationPorts(range.getStart(), range.getEnd());
    }

    private Permission template(TypedExtensionConfig extension, String place) {
        Any config = extension.getTypedConfig();
        if (!config.is(UriTemplateMatchConfig.class)) {
            return decoding.notModelled("the path template", extension, place);
        }
        String template = decoding.unpack(config, UriTemplateMatchConfig.class, place)
                .map(UriTemplateMatchConfig::getPathTemplate)
                .orElse("/");
        return PathTemplate.of(template)
                .<Permission>map(pattern -> new Permission.PathTemplate(template, pattern))
                .orElseGet(() -> decoding.refuse(place + ".path_template", "`" + template + "` is no path template"));
    }
}
