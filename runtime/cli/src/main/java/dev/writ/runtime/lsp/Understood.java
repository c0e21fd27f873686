package dev.writ.runtime.lsp;

import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.model.MeshModel;

/** A policy as far as it can be understood. */
record Understood(MeshModel model, MeshPolicy policy) {}
