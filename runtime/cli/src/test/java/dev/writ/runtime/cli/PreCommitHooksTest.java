package dev.writ.runtime.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The hooks for pre-commit: each is a command that there is, for the files that it reads. */
final class PreCommitHooksTest {
    private static final Path ROOT = Path.of(requireNonNull(System.getProperty("writ.root")));

    @Test
    void eachHookIsACommand() throws IOException {
        List<String> ids = new ArrayList<>();
        for (JsonNode hook :
                new YAMLMapper().readTree(ROOT.resolve(".pre-commit-hooks.yaml").toFile())) {
            ids.add(hook.get("id").asText());
            String[] entry = hook.get("entry").asText().split(" ");
            assertThat(entry[0]).isEqualTo("writ");
            assertThat(CommandRun.of(entry[1], "--help").exit()).isZero();
            Pattern files = Pattern.compile(hook.get("files").asText());
            assertThat(files.matcher("policy/kv.writ").find()).isTrue();
            assertThat(files.matcher("README.md").find()).isFalse();
        }
        assertThat(ids).containsExactly("writ-check", "writ-fmt", "writ-golden");
    }
}
