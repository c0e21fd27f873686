package dev.writ.compiler.analysis;

/** The same for every call. */
final class Leaf implements Node {
    private final int id;
    private final Object value;

    Leaf(int id, Object value) {
        this.id = id;
        this.value = value;
    }

    Object value() {
        return value;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public int variable() {
        return Variables.LEAF;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
