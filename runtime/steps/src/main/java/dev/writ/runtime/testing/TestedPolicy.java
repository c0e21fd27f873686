package dev.writ.runtime.testing;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.ir.Rule;
import dev.writ.runtime.judge.CallResolver;
import dev.writ.runtime.judge.ModelJudge;

/**
 * A policy whose calls scenarios judge, for one target. Scenarios of a run that declare the same share one, so that two are the
 * same policy only if they are the same object.
 */
public final class TestedPolicy {
    private final DeclaredPolicy declared;
    private final Compilation compilation;
    private final CallResolver resolver;
    private final ModelJudge model;
    private final RuleNames names;

    TestedPolicy(DeclaredPolicy declared, Compilation compilation) {
        this.declared = declared;
        this.compilation = compilation;
        this.resolver = new CallResolver(compilation.model());
        this.model = new ModelJudge(compilation.policy());
        this.names = new RuleNames(compilation);
    }

    /** Its sources, with the options and the target that it is compiled with. */
    public DeclaredPolicy declared() {
        return declared;
    }

    public Compilation compilation() {
        return compilation;
    }

    /** Its IR. */
    public MeshPolicy rules() {
        return compilation.policy();
    }

    /** The first judge of its calls. */
    public ModelJudge model() {
        return model;
    }

    /** The shortest name by which people can tell a rule's permission from the others. */
    public String shownName(Rule rule) {
        return names.shown(rule.origin().label());
    }

    CallResolver resolver() {
        return resolver;
    }

    RuleNames names() {
        return names;
    }
}
