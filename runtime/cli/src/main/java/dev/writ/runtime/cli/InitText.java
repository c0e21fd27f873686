package dev.writ.runtime.cli;

import dev.writ.runtime.starter.ProjectPlace;
import dev.writ.runtime.starter.Starter;
import java.nio.file.Path;
import java.util.List;

/** What {@code writ init} made, and what comes next. */
record InitText(Starter starter, Path folder, ProjectPlace place) {
    private static final String GOLDEN = "golden/";

    String of(List<String> written, List<String> left) {
        StringBuilder text = new StringBuilder();
        written.stream()
                .filter(path -> !path.startsWith(GOLDEN))
                .forEach(path -> text.append(shown(path)).append('\n'));
        long golden = written.stream().filter(path -> path.startsWith(GOLDEN)).count();
        text.append(shown(GOLDEN))
                .append(": ")
                .append(Plural.of((int) golden, "file"))
                .append('\n');
        left.forEach(path -> text.append(shown(path)).append(": left as it is\n"));
        String sources = String.join(" ", starter.sources());
        text.append("\nnext:\n");
        if (!folder.toString().isEmpty() && !folder.toString().equals(".")) {
            text.append("  cd ").append(folder).append('\n');
        }
        text.append("  writ check ").append(sources).append(starter.options()).append('\n');
        text.append("  writ test features\n");
        text.append("  writ golden ")
                .append(sources)
                .append(" --dir golden")
                .append(starter.options())
                .append('\n');
        text.append("then name in ")
                .append(shown(place.workflow()))
                .append(" the repository of Writ that CI is to use\n");
        return text.toString();
    }

    private String shown(String path) {
        return folder.resolve(path).normalize() + (path.endsWith("/") ? "/" : "");
    }
}
