/**
 * Policies as decision diagrams: exact answers about all callers, not only those that somebody thought of. Two policies that decide the
 * same are the same node, so equality is a comparison of pointers and a difference is a walk that skips equal ones.
 */
@NullMarked
package dev.writ.compiler.analysis;

import org.jspecify.annotations.NullMarked;
