package dev.writ.compiler.analysis;

import org.jspecify.annotations.Nullable;

/**
 * What was made of two nodes, by their numbers. A map of boxed pairs takes several times the memory, and hashes numbers that are
 * near each other to few buckets.
 */
final class PairTable {
    private long[] keys = new long[16];
    private @Nullable Node[] values = new Node[16];
    private int size;

    @Nullable
    Node get(Node one, Node other) {
        return values[place(key(one, other))];
    }

    void put(Node one, Node other, Node value) {
        long key = key(one, other);
        int at = place(key);
        if (values[at] == null && ++size * 2 > keys.length) {
            grow();
            at = place(key);
        }
        keys[at] = key;
        values[at] = value;
    }

    private static long key(Node one, Node other) {
        return (long) one.id() << 32 | other.id();
    }

    private int place(long key) {
        int at = Mixing.of(key) & (keys.length - 1);
        while (values[at] != null && keys[at] != key) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Node[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new Node[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                int at = place(oldKeys[i]);
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }
}
