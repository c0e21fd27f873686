package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.model.CallerPattern.AnyCaller;
import dev.writ.compiler.model.CallerPattern.BelowId;
import dev.writ.compiler.model.CallerPattern.ExactId;
import dev.writ.compiler.model.CallerPattern.IdPrefix;
import dev.writ.compiler.model.CallerPattern.IdSegments;
import dev.writ.compiler.model.CallerPattern.NoPattern;
import dev.writ.compiler.model.CallerPattern.OfWorkloads;
import dev.writ.compiler.model.Permission.Action;
import dev.writ.compiler.model.Permission.HttpCalls;
import dev.writ.compiler.model.Permission.Rule;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.spiffe.SpiffeId;
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
        Rule placed = new Rule(
                rule.action(),
                rule.callers(),
                rule.http(),
                rule.serverName(),
                rule.because(),
                rule.entry(),
                rule.span(),
                caller.pattern().span());
        String text = caller.pattern().value();
        switch (caller) {
            case ExactMatch exact -> rules.add(placed.withCallers(new ExactId(text)));
            case PrefixMatch prefix -> rules.add(placed.withCallers(new IdPrefix(text)));
            case BelowMatch below -> rules.add(placed.withCallers(new BelowId(text)));
            case SegmentsMatch segments ->
                patterns(segments).forEach(pattern -> rules.add(placed.withCallers(pattern)));
            case WorkloadsMatch workloads -> rules.add(placed.withCallers(new OfWorkloads(workloads.selection())));
            case AnyoneMatch anyone -> rules.add(placed.withCallers(new AnyCaller()));
            case GroupMatch group -> members(group).forEach(member -> add(rules, placed, member, group.span()));
        }
    }

    // Of a group's callers a finding underlines the group, for that is what the rule says.
    private void add(List<Rule> rules, Rule rule, CallerMatch member, SourceSpan group) {
        List<Rule> ofMember = new ArrayList<>();
        add(ofMember, rule, member);
        for (Rule one : ofMember) {
            rules.add(new Rule(
                    one.action(),
                    one.callers(),
                    one.http(),
                    one.serverName(),
                    one.because(),
                    one.entry(),
                    one.span(),
                    group));
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

    private List<CallerPattern> patterns(SegmentsMatch match) {
        List<List<Optional<String>>> all = new ArrayList<>(List.of(List.of()));
        for (SegmentsMatch.Segment segment : match.segments()) {
            List<List<Optional<String>>> longer = new ArrayList<>();
            List<Optional<String>> names = segment.names().isEmpty()
                    ? List.of(Optional.empty())
                    : segment.names().stream().map(Optional::of).toList();
            for (List<Optional<String>> before : all) {
                for (Optional<String> name : names) {
                    List<Optional<String>> one = new ArrayList<>(before);
                    one.add(name);
                    longer.add(one);
                }
            }
            all = longer;
        }
        return all.stream().map(segments -> pattern(segments, match)).toList();
    }

    private CallerPattern pattern(List<Optional<String>> segments, SegmentsMatch match) {
        if (segments.stream().allMatch(Optional::isPresent)) {
            String id = SpiffeId.SCHEME
                    + String.join("/", segments.stream().map(Optional::get).toList());
            return match.below() ? new BelowId(id) : new ExactId(id);
        }
        return new IdSegments(segments, match.below());
    }
}
