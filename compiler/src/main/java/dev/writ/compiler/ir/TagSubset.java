package dev.writ.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Clients that have these tags, and do not have those that are negated (Kuma's {@code subsetutils}).
 *
 * @param tags empty: all clients
 */
record TagSubset(List<Tag> tags) {

    /** @param not whether the tag must have another value */
    record Tag(String key, String value, boolean not) {}

    TagSubset {
        tags = List.copyOf(tags);
    }

    static TagSubset of(Map<String, String> tags) {
        List<Tag> all = new ArrayList<>();
        tags.forEach((key, value) -> all.add(new Tag(key, value, false)));
        return new TagSubset(all);
    }

    /** Whether some client can be in both; neither has negated tags. */
    boolean intersects(TagSubset other) {
        for (Tag tag : tags) {
            for (Tag otherTag : other.tags) {
                if (tag.key().equals(otherTag.key()) && !tag.value().equals(otherTag.value())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether every client of the other is in this one, as far as the keys that both name say so. */
    boolean contains(TagSubset other) {
        for (Tag tag : tags) {
            boolean isNamed = false;
            for (Tag otherTag : other.tags) {
                if (tag.key().equals(otherTag.key())) {
                    isNamed = true;
                    if (!contains(tag, otherTag)) {
                        return false;
                    }
                }
            }
            if (!isNamed) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(Tag tag, Tag other) {
        if (tag.not() == other.not()) {
            return tag.value().equals(other.value());
        }
        return tag.not() && !tag.value().equals(other.value());
    }

    /** How many tags are not negated: the more, the more specific. */
    int positives() {
        return (int) tags.stream().filter(tag -> !tag.not()).count();
    }
}
