package dev.writ.compiler.syntax;

import java.util.List;

/**
 * What may stand at a place of a Writ text that is being written, by its grammar.
 *
 * @param written how many characters before the place are part of it already
 * @param keywords in the order of their names
 * @param slots the names that fit
 * @param key of the label whose value is meant; empty where none is
 */
public record WritExpectation(int written, List<String> keywords, List<Slot> slots, String key) {
    public WritExpectation {
        keywords = List.copyOf(keywords);
        slots = List.copyOf(slots);
    }

    /** What a name is the name of. */
    public enum Slot {
        SPIFFE_ID,
        LABEL_KEY,
        LABEL_VALUE,
        WORKLOAD,
        GROUP,
        NAMESPACE,
        MESH,
        ZONE,
        SERVICE_ACCOUNT,
        METHOD
    }
}
