package dev.writ.compiler.envoy.kuma;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The first place in which two trees differ, in the order of sorted keys. Rules, SANs and trust domains are compared as wholes: half
 * a rule says nothing. One that was taken out or put in is that difference alone, though it moves all that follow.
 */
record TreeDifference(String path, JsonNode predicted, JsonNode found) {
    private static final List<String> WHOLE_ITEMS =
            List.of("matchers", "matchTypedSubjectAltNames", "principals", "trustDomains");

    static Optional<TreeDifference> find(JsonNode predicted, JsonNode found) {
        return find("", predicted, found);
    }

    private static Optional<TreeDifference> find(String path, JsonNode predicted, JsonNode found) {
        if (isSame(predicted, found)) {
            return Optional.empty();
        }
        if (predicted.isObject() && found.isObject()) {
            return inObject(path, predicted, found);
        }
        if (predicted.isArray() && found.isArray()) {
            return inArray(path, predicted, found);
        }
        return Optional.of(new TreeDifference(path, predicted, found));
    }

    private static Optional<TreeDifference> inObject(String path, JsonNode predicted, JsonNode found) {
        TreeSet<String> keys = new TreeSet<>();
        predicted.fieldNames().forEachRemaining(keys::add);
        found.fieldNames().forEachRemaining(keys::add);
        String prefix = path.isEmpty() ? "" : path + ".";
        for (String key : keys) {
            Optional<TreeDifference> difference = find(prefix + key, predicted.path(key), found.path(key));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Optional<TreeDifference> inArray(String path, JsonNode predicted, JsonNode found) {
        boolean whole = WHOLE_ITEMS.contains(path.substring(path.lastIndexOf('.') + 1));
        for (int i = 0; i < Math.max(predicted.size(), found.size()); i++) {
            JsonNode one = item(predicted, i);
            JsonNode other = item(found, i);
            String place = path + "[" + i + "]";
            if (!isSame(one, other)) {
                return whole ? Optional.of(ofItem(place, one, other, predicted, found)) : find(place, one, other);
            }
        }
        return Optional.empty();
    }

    private static TreeDifference ofItem(
            String place, JsonNode one, JsonNode other, JsonNode predicted, JsonNode found) {
        boolean moved = isAmong(found, one);
        boolean known = isAmongPredicted(predicted, other);
        return new TreeDifference(
                place,
                moved && !known ? MissingNode.getInstance() : one,
                known && !moved ? MissingNode.getInstance() : other);
    }

    private static boolean isAmong(JsonNode found, JsonNode predicted) {
        for (JsonNode other : found) {
            if (isSame(predicted, other)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAmongPredicted(JsonNode predicted, JsonNode found) {
        for (JsonNode one : predicted) {
            if (isSame(one, found)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode item(JsonNode array, int index) {
        return index < array.size() ? array.get(index) : MissingNode.getInstance();
    }

    /** What is generated is like anything that is there. */
    private static boolean isSame(JsonNode predicted, JsonNode found) {
        if (predicted.has(ModelledConfig.GENERATED)) {
            return !found.isMissingNode();
        }
        if (predicted.isObject() && found.isObject()) {
            List<String> keys = new ArrayList<>();
            predicted.fieldNames().forEachRemaining(keys::add);
            return predicted.size() == found.size()
                    && keys.stream().allMatch(key -> isSame(predicted.get(key), found.path(key)));
        }
        if (predicted.isArray() && found.isArray() && predicted.size() == found.size()) {
            for (int i = 0; i < predicted.size(); i++) {
                if (!isSame(predicted.get(i), found.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return predicted.equals(found);
    }
}
