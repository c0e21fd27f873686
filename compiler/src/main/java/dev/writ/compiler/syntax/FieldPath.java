package dev.writ.compiler.syntax;

import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in its resource, as messages name it: {@code spec.rules[0].default}. Spelt out only when shown.
 *
 * @param isUnnamed whether Kuma's validation leaves this step out of its paths
 */
record FieldPath(@Nullable FieldPath parent, String name, int index, boolean isUnnamed) {
    static final FieldPath ROOT = new FieldPath(null, "", -1, false);

    FieldPath field(String field) {
        return new FieldPath(this, field, -1, false);
    }

    FieldPath item(int item) {
        return new FieldPath(this, "", item, false);
    }

    /** The same place, whose last step Kuma's validation does not name. */
    FieldPath unnamed() {
        return new FieldPath(parent, name, index, true);
    }

    boolean isRoot() {
        return parent == null;
    }

    /** The path as Kuma's validation has it. */
    String asInKuma() {
        return text(false);
    }

    @Override
    public String toString() {
        return text(true);
    }

    private String text(boolean whole) {
        if (parent == null) {
            return name;
        }
        String above = parent.text(whole);
        if (index >= 0) {
            return above + "[" + index + "]";
        }
        if (isUnnamed && !whole) {
            return above;
        }
        return above.isEmpty() ? name : above + "." + name;
    }
}
