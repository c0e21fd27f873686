package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.model.CallerPattern.AnyCaller;
import dev.writ.compiler.model.CallerPattern.BelowId;
import dev.writ.compiler.model.CallerPattern.ExactId;
import dev.writ.compiler.model.CallerPattern.IdPrefix;
import dev.writ.compiler.model.CallerPattern.NoPattern;
import dev.writ.compiler.model.CallerPattern.OfWorkloads;
import dev.writ.compiler.model.Permission.Action;
import dev.writ.compiler.model.Permission.HttpCalls;
import dev.writ.compiler.model.Permission.Rule;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.HttpSyntax;
import dev.writ.compiler.syntax.MatchSyntax;
import dev.writ.compiler.syntax.MatchSyntax.AnyoneMatch;
import dev.writ.compiler.syntax.MatchSyntax.BelowMatch;
import dev.writ.compiler.syntax.MatchSyntax.CallerAndServerNameMatch;
import dev.writ.compiler.syntax.MatchSyntax.CallerMatch;
import dev.writ.compiler.syntax.MatchSyntax.EmptyMatch;
import dev.writ.compiler.syntax.MatchSyntax.ExactMatch;
import dev.writ.compiler.syntax.MatchSyntax.GroupMatch;
import dev.writ.compiler.syntax.MatchSyntax.PrefixMatch;
import dev.writ.compiler.syntax.MatchSyntax.RestrictedMatch;
import dev.writ.compiler.syntax.MatchSyntax.SegmentsMatch;
import dev.writ.compiler.syntax.MatchSyntax.ServerNameMatch;
import dev.writ.compiler.syntax.MatchSyntax.WorkloadsMatch;
import dev.writ.compiler.syntax.Resource.CallerGroupResource;
import dev.writ.compiler.syntax.RuleSyntax;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Binds the matches of a permission: a group is its callers, and a pattern with alternatives is one rule for each, so that what is
 * left says one thing, in words that Kuma has too where it can.
 */
final class RuleBinder {
    private final Map<String, CallerGroupResource> groups;
    private final DiagnosticSink diagnostics;

    RuleBinder(Map<String, CallerGroupResource> groups, DiagnosticSink diagnostics) {
        this.groups = groups;
        this.diagnostics = diagnostics;
    }

    /** The rules of the entries, those of one entry in the order of the file. */
    List<Rule> bind(List<RuleSyntax> entries) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            List<Rule> ofEntry = new ArrayList<>();
            add(ofEntry, Action.DENY, entries.get(i).deny(), i);
            add(ofEntry, Action.SHADOW_DENY, entries.get(i).allowWithShadowDeny(), i);
            add(ofEntry, Action.ALLOW, entries.get(i).allow(), i);
            ofEntry.sort(Comparator.comparing(Rule::span));
            rules.addAll(ofEntry);
        }
        return rules;
    }

    private void add(List<Rule> rules, Action action, List<MatchSyntax> matches, int entry) {
        for (MatchSyntax match : matches) {
            SourceSpan span = match.span();
            switch (match) {
                case CallerMatch caller -> add(rules, new Rule(action, new NoPattern(), entry, span, span), caller);
                case ServerNameMatch name ->
                    rules.add(
                            new Rule(action, new AnyCaller(), name.serverName().value(), entry, span, span));
                case CallerAndServerNameMatch both ->
                    add(
                            rules,
                            new Rule(
                                    action,
                                    new NoPattern(),
                                    both.serverName().serverName().value(),
                                    entry,
                                    span,
                                    span),
                            both.caller());
                case RestrictedMatch restricted -> add(rules, action, restricted, entry);
                case EmptyMatch empty -> rules.add(new Rule(action, new NoPattern(), entry, span, span));
            }
        }
    }

    private void add(List<Rule> rules, Action action, RestrictedMatch match, int entry) {
        for (Optional<HttpCalls> http : calls(match.http())) {
            Rule rule = new Rule(
                    action,
                    new NoPattern(),
                    http.orElse(null),
                    match.serverName() == null ? null : match.serverName().value(),
                    match.because() == null ? null : match.because().value(),
                    entry,
                    match.span(),
                    match.span());
            add(rules, rule, match.caller());
        }
    }

    private static List<Optional<HttpCalls>> calls(@Nullable HttpSyntax http) {
        if (http == null) {
            return List.of(Optional.empty());
        }
        HttpSyntax.PathSyntax path = http.path();
        if (path == null) {
            return List.of(Optional.of(new HttpCalls(http.methods(), null, false)));
        }
        return path.paths().stream()
                .map(one -> Optional.of(new HttpCalls(http.methods(), path.below() ? one + "/" : one, path.below())))
                .toList();
    }

    private void add(List<Rule> rules, Rule rule, CallerMatch caller) {
        add(rules, rule, caller, caller.pattern().span());
    }

    /** @param place what a finding underlines: of a group's callers the group, for that is what the rule says */
    private void add(List<Rule> rules, Rule rule, CallerMatch caller, SourceSpan place) {
        String text = caller.pattern().value();
        switch (caller) {
            case ExactMatch exact -> rules.add(rule.of(new ExactId(text), place));
            case PrefixMatch prefix -> rules.add(rule.of(new IdPrefix(text), place));
            case BelowMatch below -> rules.add(rule.of(new BelowId(text), place));
            case SegmentsMatch segments ->
                SegmentPatterns.of(segments).forEach(pattern -> rules.add(rule.of(pattern, place)));
            case WorkloadsMatch workloads -> rules.add(rule.of(new OfWorkloads(workloads.selection()), place));
            case AnyoneMatch anyone -> rules.add(rule.of(new AnyCaller(), place));
            case GroupMatch group -> {
                for (CallerMatch member : members(group)) {
                    add(rules, rule, member, group.span());
                }
            }
        }
    }

    private List<CallerMatch> members(GroupMatch group) {
        String name = group.name().value();
        CallerGroupResource found = groups.get(name);
        if (found == null) {
            diagnostics.add(
                    DiagnosticId.WRIT_UNKNOWN_GROUP,
                    group.name().span(),
                    "there is no group `" + name + "`",
                    NearName.help(name, groups.keySet())
                            .orElse(
                                    groups.isEmpty()
                                            ? "the sources declare none"
                                            : "the groups are `" + String.join("`, `", groups.keySet()) + "`"));
            return List.of();
        }
        return found.callers();
    }
}
