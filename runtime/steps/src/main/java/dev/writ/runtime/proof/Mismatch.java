package dev.writ.runtime.proof;

import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Verdict;

/**
 * A call that an emitted config does not decide as its policy does: a bug of Writ.
 *
 * @param proved whether the diagrams found it; else a probe did, and the proof itself is wrong
 */
public record Mismatch(Call call, Verdict policy, Verdict config, boolean proved) {}
