package dev.writ.runtime.cli;

import dev.writ.compiler.model.Target;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code --target}. */
final class TargetOption {
    @Option(
            names = "--target",
            paramLabel = "TARGET",
            converter = Named.class,
            completionCandidates = Described.class,
            description = "What to compile for: ${COMPLETION-CANDIDATES} (default: envoy).")
    private List<Target> targets = List.of();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** The only one. */
    Target target() {
        if (targets.size() > 1) {
            throw new ParameterException(command.commandLine(), "--target: only one can be compiled for");
        }
        return targets.isEmpty() ? Target.ENVOY : targets.getFirst();
    }

    /** As many as were given. */
    List<Target> targets() {
        return targets;
    }

    /** The target's name with the version of Kuma that it was checked against: {@code kuma-2.14 (checked against 2.14.3)}. */
    static String described(Target target) {
        return target.checkedAgainst()
                .map(version -> target + " (checked against " + version + ")")
                .orElse(target.id());
    }

    /** For the closing line of a result: {@code  for kuma-2.14 (checked against 2.14.3)}; empty for the default target. */
    static String closing(Target target) {
        return target == Target.ENVOY ? "" : " for " + described(target);
    }

    /** Adds the target, and what it was checked against, to a result for scripts. */
    static Map<String, @Nullable Object> with(Map<String, @Nullable Object> result, Target target) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(result);
        all.put("target", target.id());
        all.put("checkedAgainst", target.checkedAgainst().orElse(null));
        return all;
    }

    static final class Named implements ITypeConverter<Target> {
        @Override
        public Target convert(String value) {
            return Target.of(value)
                    .orElseThrow(() -> new TypeConversionException(
                            "there is no target `" + value + "`, only " + names() + nearName(value)));
        }

        private static String names() {
            return Arrays.stream(Target.values()).map(Target::id).collect(Collectors.joining(", "));
        }

        // The versions people have are patch releases.
        private static String nearName(String value) {
            return Arrays.stream(Target.values())
                    .filter(Target::isKuma)
                    .filter(target -> value.startsWith(target.id() + "."))
                    .findFirst()
                    .map(target -> "; every release of " + target + " counts as " + target)
                    .orElse("");
        }
    }

    /** All targets, for the help. */
    static final class Described implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Target.values()).map(TargetOption::described).iterator();
        }
    }
}
