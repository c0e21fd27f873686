package dev.writ.runtime.testing;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.Origin;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names of a policy's permissions, {@code namespace/name}, and the short ones that serve while they are unambiguous. Kuma's
 * config, and so a verdict, calls a permission by its KRI, and every {@code from} {@code MeshTrafficPermission}.
 */
final class RuleNames {
    private final NavigableSet<String> names = new TreeSet<>();
    private final Map<String, String> byKri = new HashMap<>();
    private final Map<SourceSpan, String> byPlace = new HashMap<>();

    RuleNames(Compilation policy) {
        policy.model().meshes().stream()
                .flatMap(mesh -> mesh.permissions().stream())
                .forEach(this::add);
    }

    private void add(Permission permission) {
        String name = permission.qualifiedName();
        names.add(name);
        byKri.put(permission.kri(), name);
        permission.from().forEach(rule -> byPlace.put(rule.span(), name));
    }

    /**
     * The permission that decided, or what else did; null where no rule was asked.
     *
     * @param place of the deciding rule, if it is known
     */
    @Nullable
    String decider(Verdict verdict, Optional<SourceSpan> place) {
        String rule = verdict.rule();
        return rule == null
                ? null
                : place.map(byPlace::get).orElseGet(() -> byKri.getOrDefault(rule, Origin.withoutReason(rule)));
    }

    /**
     * The permission that is meant, or what else decides.
     *
     * @throws ExpectationNotMet if no permission has the written name, or several do
     */
    String resolve(String written) {
        if (names.contains(written)
                || written.equals(RuleList.DEFAULT_NAME)
                || written.equals(Admission.MutualTls.GUARD_NAME)) {
            return written;
        }
        List<String> meant = named(written);
        if (meant.size() == 1) {
            return meant.get(0);
        }
        if (meant.isEmpty()) {
            NavigableSet<String> known = new TreeSet<>(names);
            names.forEach(name -> known.add(shortName(name)));
            throw ExpectationNotMet.of("no permission is called `" + written + "`"
                    + NearName.help(written, known).map(help -> ": " + help).orElse(""));
        }
        throw ExpectationNotMet.of("`" + written + "` is ambiguous: say "
                + meant.stream().map(name -> "`" + name + "`").collect(Collectors.joining(" or ")));
    }

    /** The shortest name that is unambiguous. */
    String shown(String name) {
        String shortName = shortName(name);
        return named(shortName).size() == 1 ? shortName : name;
    }

    private List<String> named(String shortName) {
        return names.stream().filter(name -> shortName(name).equals(shortName)).toList();
    }

    private static String shortName(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
