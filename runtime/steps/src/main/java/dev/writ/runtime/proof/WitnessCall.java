package dev.writ.runtime.proof;

import dev.writ.compiler.analysis.Witness;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;

/** A witness as a call that judges take. */
public final class WitnessCall {
    private WitnessCall() {}

    public static Call of(Witness witness, WorkloadKey to, int port) {
        Caller caller = switch (witness.transport()) {
            case CERTIFICATE -> new Caller.Certificate(witness.uriSans());
            case ANONYMOUS -> new Caller.Anonymous();
            case PLAINTEXT -> new Caller.Plaintext();
        };
        return new Call(caller, to, port, witness.serverName(), witness.method(), witness.path());
    }
}
