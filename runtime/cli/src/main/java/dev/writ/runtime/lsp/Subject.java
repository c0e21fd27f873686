package dev.writ.runtime.lsp;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.MatchSyntax.CallerMatch;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import org.jspecify.annotations.Nullable;

/** What stands at a place of a source, as far as an editor has something to say of it. */
sealed interface Subject {

    /** A template of a MeshIdentity as a whole. */
    record Template(MeshIdentityResource identity, Part part, SourceText text) implements Subject {}

    /** A variable in such a template, without its dot. */
    record Variable(MeshIdentityResource identity, Part part, String name) implements Subject {}

    /** The label that such a template reads by name. */
    record ReadLabel(MeshIdentityResource identity, String key) implements Subject {}

    /**
     * A label in what workloads are selected by.
     *
     * @param owner what applies to those that are selected; null where they are callers
     */
    record SelectorLabel(@Nullable Resource owner, String key, String value) implements Subject {}

    /** A label that a resource has, or gives its pods. */
    record OwnLabel(Resource owner, String key, String value) implements Subject {}

    /** The callers of one match of a permission's rule, as they are written. */
    record Callers(SourceSpan rule, SourceText pattern) implements Subject {}

    /** One of the callers of a group. */
    record GroupMember(CallerMatch caller) implements Subject {}

    /** A word of a feature's step that may name something. */
    record StepWord(SourceText text) implements Subject {}

    /** The name of a resource, where it is declared. */
    record Declared(Resource resource) implements Subject {}

    record WorkloadName(String name) implements Subject {}

    record GroupName(String name) implements Subject {}

    /** A path to another file of the policy. */
    record Include(SourceText path) implements Subject {}

    record MeshName(String name) implements Subject {}

    record NamespaceName(String name) implements Subject {}

    /** Which of a MeshIdentity's two templates. */
    enum Part {
        TRUST_DOMAIN,
        PATH
    }
}
