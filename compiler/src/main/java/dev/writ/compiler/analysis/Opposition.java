package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.Rule;
import java.util.Optional;

/**
 * Two rules of opposite actions that match some calls together, and each of them others alone: neither is an exception to the other.
 *
 * @param decides the one that decides of the calls of both
 * @param witness one of these
 */
public record Opposition(Rule decides, Rule against, Optional<Witness> witness) {}
