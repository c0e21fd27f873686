package dev.writ.runtime.testing;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.model.Permission;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The names of a policy's permissions, {@code namespace/name}, and the short ones that serve while they are unambiguous.
 */
final class RuleNames {
    private final NavigableSet<String> names = new TreeSet<>();

    RuleNames(Compilation policy) {
        policy.model().meshes().stream()
                .flatMap(mesh -> mesh.permissions().stream())
                .map(Permission::qualifiedName)
                .forEach(names::add);
    }

    /**
     * The name that verdicts use.
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
