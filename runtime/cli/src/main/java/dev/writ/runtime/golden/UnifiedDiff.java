package dev.writ.runtime.golden;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;

/** Two texts as the unified diff between them, as {@code patch} and {@code git apply} take it. */
final class UnifiedDiff {
    private static final int CONTEXT = 3;

    private UnifiedDiff() {}

    static String of(String oldName, String newName, String before, String after) {
        List<String> old = lines(before);
        Patch<String> patch = DiffUtils.diff(old, lines(after));
        String diff =
                String.join("\n", UnifiedDiffUtils.generateUnifiedDiff(oldName, newName, old, patch, CONTEXT)) + "\n";
        // `patch` and `git apply` know an empty side by its line 0.
        return diff.replace("@@ -1,0 ", "@@ -0,0 ").replace(" +1,0 @@", " +0,0 @@");
    }

    // A last line without its line end differs from one with it.
    private static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        String last = lines.removeLast();
        if (!last.isEmpty()) {
            lines.add(last + "\n\\ No newline at end of file");
        }
        return lines;
    }
}
