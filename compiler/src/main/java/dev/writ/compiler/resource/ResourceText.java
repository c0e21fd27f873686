package dev.writ.compiler.resource;

import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** Resources as YAML documents, keys in the order given; text of several lines as a block. */
final class ResourceText {
    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setWidth(Integer.MAX_VALUE)
            .setSplitLines(false)
            .build();

    private ResourceText() {}

    static String of(List<Map<String, Object>> resources) {
        StringBuilder text = new StringBuilder();
        for (Map<String, Object> resource : resources) {
            text.append(text.isEmpty() ? "" : "---\n").append(new Dump(SETTINGS, new Blocks()).dumpToString(resource));
        }
        return text.toString();
    }

    private static final class Blocks extends StandardRepresenter {
        Blocks() {
            super(SETTINGS);
        }

        @Override
        protected Node representScalar(Tag tag, String value, ScalarStyle style) {
            return super.representScalar(tag, value, value.contains("\n") ? ScalarStyle.LITERAL : style);
        }
    }
}
