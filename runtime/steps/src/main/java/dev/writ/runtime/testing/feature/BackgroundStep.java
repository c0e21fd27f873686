package dev.writ.runtime.testing.feature;

import java.util.List;
import java.util.Optional;

/**
 * A step of a feature's background as it is written, for who takes it without running a scenario.
 *
 * @param text its sentence, without the keyword
 * @param docString its doc string's content
 * @param mediaType of the doc string; empty where it says none
 * @param table the values of its table's cells; empty where it has no table
 */
public record BackgroundStep(
        StepText place, String text, Optional<String> docString, String mediaType, List<List<String>> table) {
    public BackgroundStep {
        table = table.stream().map(List::copyOf).toList();
    }
}
