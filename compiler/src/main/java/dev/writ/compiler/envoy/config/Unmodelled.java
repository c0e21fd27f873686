package dev.writ.compiler.envoy.config;

/**
 * A part that Envoy accepts and Writ does not model. Its place in the tree is kept, so that a verdict that depends on it
 * is unknown; it never stands for a match or for none, which would turn into the opposite under a negation.
 */
public record Unmodelled(String reason)
        implements ChainMatch,
                Transport,
                ClientValidation,
                NetworkFilter,
                HttpFilter,
                RbacRules,
                Permission,
                Identifier,
                Matcher,
                OnMatch,
                TextMatcher,
                MatchInput {}
