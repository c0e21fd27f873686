package dev.writ.compiler.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A value inside a template, as Go types it. */
sealed interface GoValue {

    /** What Go's {@code %T} says of it. */
    String typeName();

    /** A {@code string}. */
    record Text(String value) implements GoValue {
        @Override
        public String typeName() {
            return "string";
        }
    }

    /** An {@code int}. */
    record Whole(long value) implements GoValue {
        @Override
        public String typeName() {
            return "int";
        }
    }

    /** The dot: the variables as fields of a struct without a name, which is how Kuma passes them. */
    record Dot(Map<String, String> fields) implements GoValue {
        public Dot {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public String typeName() {
            return fields.keySet().stream()
                    .map(name -> name + " string")
                    .collect(Collectors.joining("; ", "struct { ", " }"));
        }
    }
}
