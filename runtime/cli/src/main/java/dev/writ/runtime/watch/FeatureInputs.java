package dev.writ.runtime.watch;

import dev.writ.runtime.testing.FoundFeatures;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Features as they are named for a run, each with what it depends on.
 *
 * @param byFeature a feature's file, with its lines where some are chosen, as a command is given it
 */
public record FeatureInputs(Map<String, Inputs> byFeature, Inputs folders) {
    private static final Pattern WITH_LINES = Pattern.compile("(.+?)((?::\\d+)+)");

    public static FeatureInputs of(List<String> named) {
        Map<String, Inputs> byFeature = new LinkedHashMap<>();
        Inputs folders = Inputs.of(List.of(), false);
        for (String name : named) {
            Matcher lines = WITH_LINES.matcher(name);
            boolean isChosen =
                    lines.matches() && path(name).filter(Files::exists).isEmpty();
            Optional<Path> path = path(isChosen ? lines.group(1) : name);
            if (path.isPresent() && Files.isDirectory(path.get())) {
                folders = folders.with(foldersOf(path.get()));
                for (String feature : FoundFeatures.in(name)) {
                    byFeature.put(feature, Inputs.of(List.of(Path.of(feature)), false));
                }
            } else {
                path.ifPresent(file -> byFeature.put(name, Inputs.of(List.of(file), false)));
            }
        }
        return new FeatureInputs(byFeature, folders);
    }

    /** Where a feature may be added. */
    private static Inputs foldersOf(Path folder) {
        Inputs all = Inputs.of(List.of(folder), true);
        return new Inputs(new TreeSet<>(), all.folders());
    }

    /** Those that a change of these files may touch. */
    public List<String> affectedBy(Set<Path> changed) {
        List<String> affected = new ArrayList<>();
        byFeature.forEach((feature, inputs) -> {
            if (inputs.files().stream().anyMatch(changed::contains)) {
                affected.add(feature);
            }
        });
        return affected;
    }

    /** What all of them depend on. */
    public Inputs inputs() {
        Inputs all = folders;
        for (Inputs inputs : byFeature.values()) {
            all = all.with(inputs);
        }
        return all;
    }

    private static Optional<Path> path(String name) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
