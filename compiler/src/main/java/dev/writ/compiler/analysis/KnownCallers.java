package dev.writ.compiler.analysis;

import java.util.List;

/**
 * Whom a mesh knows; witnesses are chosen among them where one will do.
 *
 * @param inventory the SPIFFE IDs that there are
 * @param issuable those that there may be
 */
public record KnownCallers(List<String> inventory, IssuableIds issuable) {
    public KnownCallers {
        inventory = List.copyOf(inventory);
    }

    /** No workload, and of what may be issued nothing is known. */
    public static final KnownCallers NONE = new KnownCallers(List.of(), IssuableIds.of(List.of()));
}
