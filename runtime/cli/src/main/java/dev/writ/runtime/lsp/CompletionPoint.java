package dev.writ.runtime.lsp;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.ResourceReader;
import dev.writ.runtime.testing.FeatureSources;
import dev.writ.runtime.testing.SourceCache;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the compiler would make of a word at the cursor, of a file that is broken, because it is being written: a word that nobody
 * writes is put there, with what may be missing behind it, and the subject that holds the word is what the cursor is in.
 *
 * @param prefix what of the subject's text stands before the cursor
 */
record CompletionPoint(@Nullable Subject subject, List<String> names, String prefix) {
    /** In letters that every name, label and SPIFFE ID may have. */
    static final String WORD = "zzcursorzz";

    /** One document that is longer is not read several times at each keystroke. */
    private static final int LONGEST = 1_000_000;

    /** With what the rest of a line may lack: a key its value, a text its quote, a template its end. */
    private static final List<String> REPAIRS = List.of(
            WORD,
            WORD + ": " + WORD,
            WORD + "\"",
            WORD + "'",
            WORD + " }}\"",
            WORD + " }}'",
            WORD + "\" }}'",
            WORD + "\" }}\"",
            WORD + "\\\" }}\"",
            WORD + "}",
            WORD + ": " + WORD + "}",
            "spiffe://" + WORD);

    /** @param offset of the cursor in the file's text */
    static Optional<CompletionPoint> of(SourceFile file, int offset) {
        String text = file.text();
        boolean isYaml = !FeatureSources.isOne(file) && !file.name().endsWith(".writ");
        String before = text.substring(isYaml ? documentStart(text, offset) : 0, offset);
        String after = text.substring(offset, isYaml ? documentEnd(text, offset) : text.length());
        String rest = after.substring(0, lineEnd(after));
        String below = after.substring(rest.length());
        if (before.length() + after.length() > LONGEST) {
            return Optional.empty();
        }
        // A template that is still broken, and so known only as a whole, is the last resort.
        Optional<CompletionPoint> whole = Optional.empty();
        for (String repair : REPAIRS) {
            for (String end : List.of(rest + below, below, "")) {
                Optional<CompletionPoint> point = point(new SourceFile(file.name(), before + repair + end, false));
                if (point.isPresent() && !(point.get().subject() instanceof Subject.Template)) {
                    return point;
                }
                whole = whole.or(() -> point);
            }
        }
        return whole;
    }

    private static Optional<CompletionPoint> point(SourceFile repaired) {
        int word = repaired.text().indexOf(WORD);
        DiagnosticSink sink = new DiagnosticSink();
        return Occurrences.at(resources(repaired, sink), repaired, word + 1)
                .flatMap(occurrence -> held(occurrence.subject())
                        .filter(text -> text.contains(WORD))
                        .map(text -> new CompletionPoint(occurrence.subject(), List.of(), prefix(text))))
                .or(() -> choice(sink));
    }

    /** Where the compiler says what could stand in the place of the word. */
    private static Optional<CompletionPoint> choice(DiagnosticSink sink) {
        return sink.choices().stream()
                .filter(choice -> choice.place().text().contains(WORD))
                .findFirst()
                .map(choice -> new CompletionPoint(
                        null, choice.names(), prefix(choice.place().text())));
    }

    private static String prefix(String text) {
        return text.substring(0, text.indexOf(WORD));
    }

    private static List<Resource> resources(SourceFile file, DiagnosticSink sink) {
        SourceCache nothing = new SourceCache((path, none) -> List.of());
        return FeatureSources.isOne(file)
                ? FeatureSources.read(List.of(file), nothing, true, sink).resources()
                : new ResourceReader().read(file, sink);
    }

    /** The text of a subject that a word at the cursor would be part of. */
    private static Optional<String> held(Subject subject) {
        return switch (subject) {
            case Subject.Template template -> action(template.text().value());
            case Subject.Variable variable -> Optional.of(variable.name());
            case Subject.ReadLabel label -> Optional.of(label.key());
            case Subject.SelectorLabel label -> Optional.of(label.key().contains(WORD) ? label.key() : label.value());
            case Subject.OwnLabel label -> Optional.of(label.key().contains(WORD) ? label.key() : label.value());
            case Subject.Callers callers -> Optional.of(callers.pattern().value());
            case Subject.GroupMember member ->
                Optional.of(member.caller().pattern().value());
            case Subject.StepWord word -> Optional.empty();
            case Subject.Declared declared -> Optional.empty();
            case Subject.WorkloadName name -> Optional.of(name.name());
            case Subject.GroupName group -> Optional.of(group.name());
            case Subject.Include include -> Optional.empty();
            case Subject.MeshName mesh -> Optional.of(mesh.name());
            case Subject.NamespaceName namespace -> Optional.of(namespace.name());
        };
    }

    /** Of a template that holds the word the action around it; empty where it stands in plain text. */
    private static Optional<String> action(String template) {
        int word = Math.max(0, template.indexOf(WORD));
        int open = template.lastIndexOf("{{", word);
        return open < 0 || template.substring(open, word).contains("}}")
                ? Optional.empty()
                : Optional.of(template.substring(open + 2).stripLeading());
    }

    private static int documentStart(String text, int offset) {
        int marker = text.lastIndexOf("\n---", Math.max(0, offset - 1));
        return marker < 0 ? 0 : marker + 1;
    }

    private static int documentEnd(String text, int offset) {
        int marker = text.indexOf("\n---", offset);
        return marker < 0 ? text.length() : marker;
    }

    private static int lineEnd(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }
}
