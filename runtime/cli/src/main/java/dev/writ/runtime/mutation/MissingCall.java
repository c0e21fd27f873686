package dev.writ.runtime.mutation;

import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Verdict;

/**
 * A call that a test is missing for.
 *
 * @param verdict of the policy as it is
 */
public record MissingCall(Subject subject, Call call, Verdict verdict) {}
