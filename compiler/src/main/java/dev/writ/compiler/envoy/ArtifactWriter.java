package dev.writ.compiler.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.WorkloadKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes artifacts into a folder: all of them, or none. Files are staged in {@code DIR/.writ} and renamed into place; a run that
 * was interrupted is finished or undone by the next one ({@link StagedFiles}). Only the files of a target are touched ({@link
 * ArtifactLayout#isArtifact}), and what an earlier run wrote and this one does not is removed: the config of a workload that is
 * gone, or of a target or format that is no longer asked for, would go on allowing what nobody allows any more.
 */
public final class ArtifactWriter {
    private final Path out;
    private final DiagnosticSink sink;

    private ArtifactWriter(Path out, DiagnosticSink sink) {
        this.out = out.toAbsolutePath().normalize();
        this.sink = sink;
    }

    /**
     * What a run changed; paths are below the folder, with {@code /}.
     *
     * @param removed of workloads that are gone, or in another format
     */
    public record Written(List<String> written, List<String> removed) {
        public Written {
            written = List.copyOf(written);
            removed = List.copyOf(removed);
        }
    }

    /**
     * Writes the artifacts below {@code out}.
     *
     * @param untouched workloads of which an earlier run's files stay, though they are not written now
     * @return empty, with a finding, if nothing could be written
     */
    public static Optional<Written> write(
            Path out, List<Artifact> artifacts, Collection<WorkloadKey> untouched, DiagnosticSink sink) {
        return new ArtifactWriter(out, sink).write(artifacts, untouched);
    }

    private Optional<Written> write(List<Artifact> artifacts, Collection<WorkloadKey> untouched) {
        Optional<SortedMap<String, byte[]>> files = files(artifacts);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        try {
            Files.createDirectories(out.resolve(StagedFiles.FOLDER));
            try (FileChannel channel = FileChannel.open(
                            out.resolve(StagedFiles.FOLDER).resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                if (lock == null || !lock.isValid()) {
                    return busy();
                }
                List<String> kept = untouched.stream().map(this::folder).toList();
                return Optional.of(StagedFiles.in(out).replace(files.get(), kept));
            }
        } catch (OverlappingFileLockException e) {
            return busy();
        } catch (IOException e) {
            unwritable("cannot write below `" + out + "`: " + reason(e));
            return Optional.empty();
        }
    }

    private Optional<SortedMap<String, byte[]>> files(List<Artifact> artifacts) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        SortedMap<String, WorkloadKey> folders = new TreeMap<>();
        boolean refused = false;
        for (Artifact artifact : artifacts) {
            WorkloadKey workload = artifact.workload();
            try {
                String folder = workload == null ? "" : folder(workload);
                WorkloadKey other = workload == null ? null : folders.putIfAbsent(folder, workload);
                if (workload != null && other != null) {
                    unwritable("`" + other.fullName() + "` and `" + workload.fullName() + "` would share the folder `"
                            + folder + "`");
                    refused = true;
                }
                artifact.files().forEach((name, content) -> files.put(below(folder, name), content));
            } catch (IllegalArgumentException e) {
                unwritable("`" + workload + "` is no folder's name");
                refused = true;
            }
        }
        return refused ? Optional.empty() : Optional.of(files);
    }

    private static String below(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    private String folder(WorkloadKey workload) {
        return StagedFiles.slashed(out.relativize(ArtifactLayout.folder(out, workload)));
    }

    private Optional<Written> busy() {
        unwritable("another run is writing below `" + out + "`");
        return Optional.empty();
    }

    private void unwritable(String message) {
        sink.add(DiagnosticId.ARTIFACT_UNWRITABLE, null, message);
    }

    private static String reason(IOException e) {
        String kind = e.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .replace(" Exception", "");
        String message = e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
        return kind.toLowerCase(Locale.ROOT) + message;
    }
}
