package dev.writ.runtime.testing;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.runtime.testing.feature.ComposedText;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence that says who may call whom, as the permission in Writ that it stands for.
 *
 * @param action {@code allow}, {@code deny} or {@code shadow-deny}
 * @param callers {@code workloads in namespace "shop"}, {@code "shop/web"}, {@code anyone}, …
 * @param callees the same of workloads; their ports follow
 * @param ports {@code 80, 8080}; empty for all
 * @param methods {@code GET, HEAD}; empty for all
 * @param path empty for any
 */
public record AccessSentence(
        SourceSpan span,
        String action,
        SourceText callers,
        SourceText callees,
        SourceText ports,
        SourceText methods,
        SourceText path,
        SourceText serverName,
        SourceText because) {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"$");
    private static final Pattern NAMESPACE = Pattern.compile("^workloads in namespace \"([^\"]+)\"");
    private static final Pattern LABEL = Pattern.compile("(?:where|and) ([^\\s\"]+) is \"([^\"]*)\"");

    /** What all sentences about the same callees have in common: they are one permission, whatever their order. */
    String key() {
        return callees.value().replaceFirst("^workload ", "") + (ports.value().isEmpty() ? "" : " " + ports.value());
    }

    /** A name for that permission: that of a workload with a dot for its slash, {@code kuma-demo.kv}. */
    String permissionName() {
        String words = (callees.value().startsWith("workloads ") ? "workloads." : "")
                + callees.value().replaceAll("^(?:workloads? )?(?:in namespace |where )?", "")
                + (ports.value().isEmpty() ? "" : "." + ports.value());
        return words.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9-]+", ".")
                .replaceAll("^[.-]+|[.-]+$", "")
                .replaceAll("\\.-|-\\.", ".");
    }

    /** @param name of the permission */
    SourceText toWrit(String name) {
        ComposedText writ = new ComposedText(span);
        writ.words("permission \"" + name + "\" on ", callees.span());
        workloads(callees, writ);
        if (!ports.value().isEmpty()) {
            writ.words(" port ", ports.span()).verbatim(ports);
        }
        writ.words(" {\n" + action + " ", span.file().span(span.start(), span.start()));
        callers(writ);
        if (!methods.value().isEmpty() || !path.value().isEmpty()) {
            writ.words(" to ", span).verbatim(methods);
        }
        quoted(" ", path, writ);
        quoted(" sni ", serverName, writ);
        quoted(" because ", because, writ);
        return writ.words("\n}\n", span).toSourceText();
    }

    private static void quoted(String before, SourceText text, ComposedText writ) {
        if (!text.value().isEmpty()) {
            writ.words(before, text.span()).quoted(text);
        }
    }

    private void callers(ComposedText writ) {
        String phrase = callers.value();
        Matcher name = QUOTED.matcher(phrase);
        if (phrase.equals("anyone") || phrase.equals("nobody")) {
            writ.words("anyone", callers.span());
        } else if (phrase.startsWith("SPIFFE IDs beginning with ") && name.find()) {
            writ.words("prefix ", callers.span()).quoted(callers.slice(name.start(1), name.end(1)));
        } else if (phrase.startsWith("group ") && name.find()) {
            writ.words("group ", callers.span()).quoted(callers.slice(name.start(1), name.end(1)));
        } else if (phrase.contains("://") && name.find()) {
            writ.verbatim(callers.slice(name.start(1), name.end(1)));
        } else {
            workloads(callers, writ);
        }
    }

    private static void workloads(SourceText phrase, ComposedText writ) {
        Matcher one = QUOTED.matcher(phrase.value());
        if (phrase.value().matches("(?:workload )?\"[^\"]+\"") && one.find()) {
            writ.words("workload ", phrase.span()).quoted(phrase.slice(one.start(1), one.end(1)));
            return;
        }
        writ.words("workloads", phrase.span());
        Matcher namespace = NAMESPACE.matcher(phrase.value());
        if (namespace.find()) {
            SourceText name = phrase.slice(namespace.start(1), namespace.end(1));
            writ.words(" in namespace ", name.span()).quoted(name);
        }
        Matcher label = LABEL.matcher(phrase.value());
        String before = " where ";
        while (label.find()) {
            SourceText key = phrase.slice(label.start(1), label.end(1));
            writ.words(before, key.span()).quoted(key).words(" = ", key.span());
            writ.quoted(phrase.slice(label.start(2), label.end(2)));
            before = " and ";
        }
    }
}
