package dev.writ.compiler.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.ArtifactWriter.Written;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.model.WorkloadKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactWriterTest {
    private static final RuleList RULES =
            Policies.enforced(Policies.allow("ns/p", new Principal.Exact("spiffe://a/x")));

    @TempDir
    private Path out;

    private final DiagnosticSink sink = new DiagnosticSink();

    @Test
    void artifactsStandInAFolderForEachWorkload() throws IOException {
        assertThat(write(SnapshotFormat.YAML, "kv", "web"))
                .contains(new Written(
                        List.of(
                                "kuma-demo/kv/envoy.yaml",
                                "kuma-demo/kv/sds/identity.yaml",
                                "kuma-demo/kv/sds/trust.yaml",
                                "kuma-demo/web/envoy.yaml",
                                "kuma-demo/web/sds/identity.yaml",
                                "kuma-demo/web/sds/trust.yaml"),
                        List.of()));
        assertThat(files()).contains("kuma-demo/kv/envoy.yaml").noneMatch(name -> name.contains("staged"));
    }

    @Test
    void whatIsGoneFromTheSourcesIsRemovedButNotItsSecrets() throws IOException {
        write(SnapshotFormat.YAML, "kv", "web", "old");
        Path secret = out.resolve("kuma-demo/old/secrets/svid.key");
        Files.createDirectories(secret.getParent());
        Files.writeString(secret, "key");
        Files.writeString(out.resolve("kuma-demo/kv/notes.txt"), "mine");
        Optional<Written> written = write(SnapshotFormat.YAML, "kv");
        assertThat(written.orElseThrow().removed())
                .containsExactly(
                        "kuma-demo/old/envoy.yaml",
                        "kuma-demo/old/sds/identity.yaml",
                        "kuma-demo/old/sds/trust.yaml",
                        "kuma-demo/web/envoy.yaml",
                        "kuma-demo/web/sds/identity.yaml",
                        "kuma-demo/web/sds/trust.yaml");
        assertThat(secret).hasContent("key");
        assertThat(out.resolve("kuma-demo/old/envoy.yaml")).doesNotExist();
        assertThat(out.resolve("kuma-demo/kv/notes.txt")).hasContent("mine");
        assertThat(out.resolve("kuma-demo/web")).doesNotExist();
    }

    @Test
    void workloadThatIsLeftAloneKeepsItsFiles() throws IOException {
        write(SnapshotFormat.YAML, "kv", "web");
        ArtifactWriter.write(out, List.of(artifact(key("kv"), SnapshotFormat.YAML)), List.of(key("web")), sink);
        assertThat(out.resolve("kuma-demo/web/envoy.yaml")).exists();
        assertThat(write(SnapshotFormat.YAML, "kv").orElseThrow().removed()).contains("kuma-demo/web/envoy.yaml");
    }

    @Test
    void anotherFormatReplacesTheFirst() throws IOException {
        write(SnapshotFormat.YAML, "kv");
        assertThat(write(SnapshotFormat.JSON, "kv").orElseThrow().removed()).containsExactly("kuma-demo/kv/envoy.yaml");
        assertThat(files()).contains("kuma-demo/kv/envoy.json").doesNotContain("kuma-demo/kv/envoy.yaml");
    }

    @Test
    void anotherTargetReplacesTheFirst() throws IOException {
        write(SnapshotFormat.YAML, "kv");
        ArtifactWriter.write(out, List.of(kuma("kv"), kuma("web")), List.of(), sink);
        assertThat(committed()).containsExactly("kuma-demo/kv/snapshot.yaml", "kuma-demo/web/snapshot.yaml");
        ArtifactWriter.write(
                out, List.of(new Artifact(null, files("mesh-identity.yaml", "mesh-trust.yaml"))), List.of(), sink);
        assertThat(committed()).containsExactly("mesh-identity.yaml", "mesh-trust.yaml");
        assertThat(write(SnapshotFormat.YAML, "kv").orElseThrow().removed())
                .containsExactly("mesh-identity.yaml", "mesh-trust.yaml");
        assertThat(sink.sorted()).isEmpty();
    }

    @Test
    void swapThatWasInterruptedAfterItsPlanIsFinished() throws IOException {
        write(SnapshotFormat.YAML, "kv", "old");
        Path plan = out.resolve(".writ/plan");
        stage("kuma-demo/kv/envoy.yaml", "half-way");
        stage("kuma-demo/new/envoy.yaml", "new");
        Files.writeString(plan, "+ kuma-demo/kv/envoy.yaml\n+ kuma-demo/new/envoy.yaml\n- kuma-demo/old/envoy.yaml\n");
        Files.move(
                out.resolve(".writ/staged/kuma-demo/kv/envoy.yaml"),
                out.resolve("kuma-demo/kv/envoy.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
        Optional<Written> written =
                ArtifactWriter.write(out, List.of(), List.of(key("kv"), key("new"), key("old")), sink);
        assertThat(written.orElseThrow().removed()).isEmpty();
        assertThat(out.resolve("kuma-demo/kv/envoy.yaml")).hasContent("half-way");
        assertThat(out.resolve("kuma-demo/new/envoy.yaml")).hasContent("new");
        assertThat(out.resolve("kuma-demo/old/envoy.yaml")).doesNotExist();
        assertThat(plan).doesNotExist();
        assertThat(write(SnapshotFormat.YAML, "kv").orElseThrow().removed()).contains("kuma-demo/new/envoy.yaml");
    }

    @Test
    void swapThatWasInterruptedBeforeItsPlanIsUndone() throws IOException {
        write(SnapshotFormat.YAML, "kv");
        String before = Files.readString(out.resolve("kuma-demo/kv/envoy.yaml"));
        stage("kuma-demo/kv/envoy.yaml", "half-way");
        ArtifactWriter.write(out, List.of(), List.of(key("kv")), sink);
        assertThat(out.resolve("kuma-demo/kv/envoy.yaml")).hasContent(before);
        assertThat(out.resolve(".writ/staged")).doesNotExist();
    }

    @Test
    void tamperedPlanTouchesNothingElse() throws IOException {
        Path victim = Files.createFile(out.resolve("victim.txt"));
        Path folder = Files.createDirectories(out.resolve("out"));
        Files.createDirectories(folder.resolve(".writ"));
        Files.writeString(folder.resolve(".writ/plan"), "- ../victim.txt\n");
        assertThat(ArtifactWriter.write(folder, List.of(), List.of(), sink)).isEmpty();
        assertThat(victim).exists();
        assertThat(sink.sorted()).extracting(Diagnostic::id).containsExactly(DiagnosticId.ARTIFACT_UNWRITABLE);
    }

    @Test
    void nameOrLinkThatLeadsOutOfTheFolderIsRefused() throws IOException {
        Path elsewhere = Files.createDirectories(out.resolve("elsewhere"));
        Path folder = Files.createDirectories(out.resolve("out"));
        Artifact evil =
                artifact(new WorkloadKey("default", "default", "Deployment", "..", "../../x"), SnapshotFormat.YAML);
        assertThat(ArtifactWriter.write(folder, List.of(evil), List.of(), sink)).isEmpty();
        Files.createSymbolicLink(folder.resolve("kuma-demo"), elsewhere);
        assertThat(ArtifactWriter.write(folder, List.of(artifact(key("kv"), SnapshotFormat.YAML)), List.of(), sink))
                .isEmpty();
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(sink.sorted()).hasSize(2);
    }

    @Test
    void twoWorkloadsOfOneFolderAreRefused() throws IOException {
        Artifact other =
                artifact(new WorkloadKey("default", "default", "StatefulSet", "kuma-demo", "kv"), SnapshotFormat.YAML);
        assertThat(ArtifactWriter.write(out, List.of(artifact(key("kv"), SnapshotFormat.YAML), other), List.of(), sink))
                .isEmpty();
        assertThat(sink.sorted())
                .extracting(Diagnostic::message)
                .containsExactly("`mesh default zone default Deployment kuma-demo/kv` and "
                        + "`mesh default zone default StatefulSet kuma-demo/kv` would share the folder `kuma-demo/kv`");
        assertThat(files()).isEmpty();
    }

    @Test
    void folderThatCannotBeWrittenIsOneFinding() throws IOException {
        Path file = Files.createFile(out.resolve("file"));
        assertThat(ArtifactWriter.write(file, List.of(artifact(key("kv"), SnapshotFormat.YAML)), List.of(), sink))
                .isEmpty();
        assertThat(sink.sorted()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo(DiagnosticId.ARTIFACT_UNWRITABLE);
            assertThat(finding.message()).startsWith("cannot write below `" + file + "`");
        });
    }

    private Optional<Written> write(SnapshotFormat format, String... names) {
        List<Artifact> artifacts =
                Stream.of(names).map(name -> artifact(key(name), format)).toList();
        return ArtifactWriter.write(out, artifacts, List.of(), sink);
    }

    private void stage(String name, String content) throws IOException {
        Path staged = out.resolve(".writ/staged").resolve(name);
        Files.createDirectories(staged.getParent());
        Files.writeString(staged, content);
    }

    private List<String> committed() throws IOException {
        return files().stream().filter(name -> !name.startsWith(".writ/")).toList();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(out)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> StagedFiles.slashed(out.relativize(file)))
                    .sorted()
                    .toList();
        }
    }

    private static WorkloadKey key(String name) {
        return new WorkloadKey("default", "default", "Deployment", "kuma-demo", name);
    }

    private static Artifact artifact(WorkloadKey key, SnapshotFormat format) {
        Snapshot snapshot = SnapshotEmitter.emit(
                        Policies.workload("kv", Policies.http(5050, RULES)), new DiagnosticSink())
                .orElseThrow();
        return new Artifact(key, SnapshotWriter.write(snapshot, format));
    }

    private static Artifact kuma(String name) {
        return new Artifact(key(name), files("snapshot.yaml"));
    }

    private static SortedMap<String, byte[]> files(String... names) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        Stream.of(names).forEach(name -> files.put(name, name.getBytes(StandardCharsets.UTF_8)));
        return files;
    }
}
