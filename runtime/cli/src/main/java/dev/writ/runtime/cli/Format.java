package dev.writ.runtime.cli;

/** For people or for scripts. */
enum Format {
    TEXT,
    JSON
}
