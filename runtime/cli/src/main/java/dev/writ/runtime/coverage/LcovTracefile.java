package dev.writ.runtime.coverage;

import dev.writ.compiler.source.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Coverage as LCOV's tracefile (geninfo(1), "FILES"), which genhtml, Codecov, GitLab and editors read: the files are those of the
 * policy; a line has been executed as often as the rules on it decided; a rule is a block, and its boundaries are the branches of that.
 * A block that was never executed has no branch taken, as the format has it, though some of its boundaries may have been tried.
 */
public final class LcovTracefile {
    private LcovTracefile() {}

    public static String of(PolicyCoverage coverage) {
        NavigableMap<String, NavigableMap<Integer, List<CoveredRule>>> files = new TreeMap<>();
        for (CoveredRule rule : coverage.rules()) {
            SourceSpan place = rule.place();
            files.computeIfAbsent(place.file().name(), none -> new TreeMap<>())
                    .computeIfAbsent(place.startPosition().line(), none -> new ArrayList<>())
                    .add(rule);
        }
        StringBuilder text = new StringBuilder();
        files.forEach((file, lines) -> record(file, lines, text));
        return text.toString();
    }

    private static void record(String file, NavigableMap<Integer, List<CoveredRule>> lines, StringBuilder text) {
        text.append("TN:\nSF:").append(file).append('\n');
        int found = 0;
        int hit = 0;
        int branches = 0;
        int taken = 0;
        for (var line : lines.entrySet()) {
            int block = 0;
            for (CoveredRule rule : line.getValue()) {
                boolean never = rule.decided().never();
                for (int i = 0; i < rule.points().size(); i++) {
                    int times = rule.points().get(i).tried().times();
                    branches++;
                    taken += never || times == 0 ? 0 : 1;
                    text.append("BRDA:%d,%d,%d,%s\n".formatted(line.getKey(), block, i, never ? "-" : times));
                }
                block++;
            }
        }
        text.append("BRF:").append(branches).append("\nBRH:").append(taken).append('\n');
        for (var line : lines.entrySet()) {
            int times = line.getValue().stream()
                    .mapToInt(rule -> rule.decided().times())
                    .sum();
            found++;
            hit += times > 0 ? 1 : 0;
            text.append("DA:%d,%d\n".formatted(line.getKey(), times));
        }
        text.append("LF:").append(found).append("\nLH:").append(hit).append("\nend_of_record\n");
    }
}
