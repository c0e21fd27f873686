package dev.writ.compiler.analysis;

import java.util.List;

/** What can be said of an emitted config and the policy that it is to say. */
public sealed interface Claim {

    /** The inbound's. */
    int port();

    /**
     * They decide every call alike, by rules of the same names.
     *
     * @param assumptions under which that is so
     */
    record Equal(int port, Universe universe, List<String> assumptions) implements Claim {
        public Equal {
            assumptions = List.copyOf(assumptions);
        }
    }

    /** They do not, which is a bug of Writ. */
    record Different(int port, Witness witness, Outcome policy, Outcome config) implements Claim {}

    /** Nothing is claimed. */
    record Unknown(int port, String reason) implements Claim {}
}
