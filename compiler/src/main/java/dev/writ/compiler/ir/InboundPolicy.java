package dev.writ.compiler.ir;

import dev.writ.compiler.model.Inbound;
import java.util.Optional;

/**
 * What decides the calls to one inbound.
 *
 * @param shadow rules that are evaluated beside the enforced ones and only reported
 */
public record InboundPolicy(Inbound inbound, Admission admission, RuleList enforced, Optional<RuleList> shadow) {}
