package dev.writ.compiler.diagnostic;

import java.util.Locale;

/** How bad a finding is: an error stops the pipeline after its stage, a warning and a note do not. */
public enum Severity {
    ERROR,
    WARNING,
    NOTE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
