package dev.writ.compiler.envoy.config;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate.PredicateList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate.SinglePredicate;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.ApplicationProtocolInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationPortInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DirectSourceIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.ServerNameInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.SourceIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.SourcePortInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.SourceTypeInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.TransportProtocolInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.ssl.v3.DnsSanInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.ssl.v3.SubjectInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.ssl.v3.UriSanInput;
import io.envoyproxy.envoy.extensions.matching.input_matchers.ip.v3.Ip;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Decodes the predicates of a matcher list, and inputs. */
final class PredicateDecoder {
    private static final MatchInput NOTHING = new Unmodelled("no input");
    /** What the two RBAC filters take besides (tried on 1.40.0); it is nothing that a request tells. */
    private static final Set<String> TAKEN = Set.of(
            "envoy.extensions.matching.common_inputs.network.v3.FilterStateInput",
            "envoy.extensions.matching.common_inputs.network.v3.NetworkNamespaceInput",
            "envoy.extensions.matching.common_inputs.environment_variable.v3.Config");

    private static final Set<String> TAKEN_BY_HTTP = Set.of(
            "envoy.extensions.matching.common_inputs.network.v3.DynamicMetadataInput",
            "xds.type.matcher.v3.HttpAttributesCelMatchInput");

    private final Decoding decoding;
    private final RbacDecoder.Layer layer;
    private final TextMatcherDecoder texts;
    private final IpBlockDecoder blocks;

    PredicateDecoder(Decoding decoding, RbacDecoder.Layer layer) {
        this.decoding = decoding;
        this.layer = layer;
        this.texts = new TextMatcherDecoder(decoding);
        this.blocks = new IpBlockDecoder(decoding);
    }

    Predicate decode(com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate predicate, String place) {
        return switch (predicate.getMatchTypeCase()) {
            case SINGLE_PREDICATE -> single(predicate.getSinglePredicate(), place + ".single_predicate");
            case OR_MATCHER -> new Predicate.AnyOf(list(predicate.getOrMatcher(), place + ".or_matcher.predicate"));
            case AND_MATCHER -> new Predicate.AllOf(list(predicate.getAndMatcher(), place + ".and_matcher.predicate"));
            case NOT_MATCHER -> new Predicate.Not(decode(predicate.getNotMatcher(), place + ".not_matcher"));
            case MATCHTYPE_NOT_SET ->
                new Predicate.Custom(NOTHING, decoding.unmodelled(place, "a predicate that asks nothing"));
        };
    }

    private List<Predicate> list(PredicateList list, String place) {
        List<Predicate> members = new ArrayList<>();
        for (var member : list.getPredicateList()) {
            members.add(decode(member, place + "[" + members.size() + "]"));
        }
        return members;
    }

    private Predicate single(SinglePredicate predicate, String place) {
        MatchInput input = input(predicate.getInput(), place + ".input");
        return switch (predicate.getMatcherCase()) {
            case VALUE_MATCH ->
                new Predicate.Matches(input, texts.decode(predicate.getValueMatch(), place + ".value_match"));
            case CUSTOM_MATCH -> custom(input, predicate.getCustomMatch(), place + ".custom_match");
            case MATCHER_NOT_SET ->
                new Predicate.Custom(input, decoding.unmodelled(place, "a predicate without a matcher"));
        };
    }

    private Predicate custom(MatchInput input, TypedExtensionConfig extension, String place) {
        Any config = extension.getTypedConfig();
        if (config.is(Ip.class)) {
            return decoding.unpack(config, Ip.class, place)
                    .<Predicate>map(ip -> new Predicate.InBlocks(
                            input, blocks.decode(ip.getCidrRangesList(), place + ".cidr_ranges")))
                    .orElseGet(() -> new Predicate.Custom(input, new Unmodelled("a broken matcher of IP addresses")));
        }
        return new Predicate.Custom(input, decoding.notModelled("the matcher", extension.getName(), config, place));
    }

    MatchInput input(TypedExtensionConfig extension, String place) {
        Any config = extension.getTypedConfig();
        if (config.is(HttpRequestHeaderMatchInput.class) && layer == RbacDecoder.Layer.HTTP) {
            return header(config, place);
        }
        if (is(config, UriSanInput.class, place)) {
            return new MatchInput.UriSan();
        }
        if (is(config, DnsSanInput.class, place)) {
            return new MatchInput.DnsSan();
        }
        if (is(config, SubjectInput.class, place)) {
            return new MatchInput.Subject();
        }
        if (is(config, ServerNameInput.class, place)) {
            return new MatchInput.ServerName();
        }
        if (is(config, DestinationPortInput.class, place)) {
            return new MatchInput.DestinationPort();
        }
        if (is(config, DestinationIPInput.class, place)) {
            return new MatchInput.DestinationIp();
        }
        if (is(config, SourceIPInput.class, place)) {
            return new MatchInput.SourceIp();
        }
        if (is(config, DirectSourceIPInput.class, place)) {
            return new MatchInput.DirectSourceIp();
        }
        if (is(config, SourcePortInput.class, place)) {
            return new MatchInput.SourcePort();
        }
        if (layer == RbacDecoder.Layer.LISTENER) {
            Optional<MatchInput> input = ofListener(config, place);
            if (input.isPresent()) {
                return input.get();
            }
        }
        String type = Decoding.typeName(config);
        boolean taken = TAKEN.contains(type) || layer == RbacDecoder.Layer.HTTP && TAKEN_BY_HTTP.contains(type);
        return taken || config.getTypeUrl().isEmpty()
                ? decoding.notModelled("the input", extension.getName(), config, place)
                : decoding.refuse(
                        place,
                        layer == RbacDecoder.Layer.LISTENER
                                ? "a filter chain is not chosen by the input `" + type + "`"
                                : "RBAC does not take the input `" + type + "`");
    }

    /** Inputs that RBAC does not take. */
    private Optional<MatchInput> ofListener(Any config, String place) {
        if (is(config, SourceTypeInput.class, place)) {
            return Optional.of(new MatchInput.SourceType());
        }
        if (is(config, TransportProtocolInput.class, place)) {
            return Optional.of(new MatchInput.TransportProtocol());
        }
        return is(config, ApplicationProtocolInput.class, place)
                ? Optional.of(new MatchInput.ApplicationProtocols())
                : Optional.empty();
    }

    private boolean is(Any config, Class<? extends Message> type, String place) {
        return config.is(type) && decoding.unpack(config, type, place).isPresent();
    }

    private MatchInput header(Any config, String place) {
        String name = decoding.unpack(config, HttpRequestHeaderMatchInput.class, place)
                .map(HttpRequestHeaderMatchInput::getHeaderName)
                .orElse("");
        return new MatchInput.Header(name.toLowerCase(Locale.ROOT));
    }
}
