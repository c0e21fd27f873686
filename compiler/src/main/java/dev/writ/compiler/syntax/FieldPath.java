package dev.writ.compiler.syntax;

import org.jspecify.annotations.Nullable;

/** Where a value stands in its resource, as messages name it: {@code spec.rules[0].default}. Spelt out only when shown. */
record FieldPath(@Nullable FieldPath parent, String name, int index) {
    static final FieldPath ROOT = new FieldPath(null, "", -1);

    FieldPath field(String field) {
        return new FieldPath(this, field, -1);
    }

    FieldPath item(int item) {
        return new FieldPath(this, "", item);
    }

    boolean isRoot() {
        return parent == null;
    }

    @Override
    public String toString() {
        if (parent == null) {
            return name;
        }
        String above = parent.toString();
        if (index >= 0) {
            return above + "[" + index + "]";
        }
        return above.isEmpty() ? name : above + "." + name;
    }
}
