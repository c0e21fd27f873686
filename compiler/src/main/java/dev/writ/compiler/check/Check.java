package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Mesh;

/** Looks for one defect in a bound mesh. */
interface Check {
    void check(Mesh mesh, DiagnosticSink sink);
}
