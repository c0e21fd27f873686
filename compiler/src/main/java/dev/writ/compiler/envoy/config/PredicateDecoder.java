package dev.writ.compiler.envoy.config;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate.PredicateList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate.SinglePredicate;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationPortInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.ServerNameInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.ssl.v3.DnsSanInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.ssl.v3.SubjectInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.ssl.v3.UriSanInput;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Decodes the predicates of a matcher list, and inputs. */
final class PredicateDecoder {
    private final Decoding decoding;
    private final RbacDecoder.Layer layer;
    private final TextMatcherDecoder texts;

    PredicateDecoder(Decoding decoding, RbacDecoder.Layer layer) {
        this.decoding = decoding;
        this.layer = layer;
        this.texts = new TextMatcherDecoder(decoding);
    }

    Predicate decode(com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate predicate, String place) {
        return switch (predicate.getMatchTypeCase()) {
            case SINGLE_PREDICATE -> single(predicate.getSinglePredicate(), place + ".single_predicate");
            case OR_MATCHER -> new Predicate.AnyOf(list(predicate.getOrMatcher(), place + ".or_matcher"));
            case AND_MATCHER -> new Predicate.AllOf(list(predicate.getAndMatcher(), place + ".and_matcher"));
            case NOT_MATCHER -> new Predicate.Not(decode(predicate.getNotMatcher(), place + ".not_matcher"));
            case MATCHTYPE_NOT_SET -> decoding.refuse(place, "a predicate that asks nothing");
        };
    }

    private List<Predicate> list(PredicateList list, String place) {
        if (list.getPredicateCount() < 2) {
            decoding.refuse(place, "fewer than two predicates");
        }
        List<Predicate> members = new ArrayList<>();
        for (var member : list.getPredicateList()) {
            members.add(decode(member, place + "[" + members.size() + "]"));
        }
        return members;
    }

    private Predicate single(SinglePredicate predicate, String place) {
        MatchInput input = input(predicate.getInput(), place + ".input");
        return switch (predicate.getMatcherCase()) {
            case VALUE_MATCH -> new Predicate.Matches(input, texts.decode(predicate.getValueMatch(), place));
            case CUSTOM_MATCH ->
                ListenerDecoder.notModelled(
                        "the matcher",
                        predicate.getCustomMatch().getName(),
                        predicate.getCustomMatch().getTypedConfig());
            case MATCHER_NOT_SET -> decoding.refuse(place, "a predicate without a matcher");
        };
    }

    MatchInput input(TypedExtensionConfig extension, String place) {
        Any config = extension.getTypedConfig();
        if (config.getTypeUrl().isEmpty()) {
            return decoding.refuse(place, "no input");
        }
        if (config.is(HttpRequestHeaderMatchInput.class)) {
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
        return ListenerDecoder.notModelled("the input", extension.getName(), config);
    }

    private boolean is(Any config, Class<? extends Message> type, String place) {
        return config.is(type) && decoding.unpack(config, type, place).isPresent();
    }

    private MatchInput header(Any config, String place) {
        if (layer == RbacDecoder.Layer.NETWORK) {
            return decoding.refuse(place, "a network filter sees no HTTP headers");
        }
        String name = decoding.unpack(config, HttpRequestHeaderMatchInput.class, place)
                .map(HttpRequestHeaderMatchInput::getHeaderName)
                .orElse("");
        return name.isEmpty()
                ? decoding.refuse(place, "a header input without a name")
                : new MatchInput.Header(name.toLowerCase(Locale.ROOT));
    }
}
