package dev.writ.runtime.lsp;

import dev.writ.compiler.model.ModelOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.services.LanguageClient;

/** What one editor has open, and an {@link Analyst} for each policy that this touches. */
final class Session {
    private final Supplier<LanguageClient> client;
    private final ModelOptions options;
    private final List<Path> policies;
    private final Buffers buffers = new Buffers();
    private final Places places = new Places(buffers);
    private final Findings findings;
    private final Map<PolicyRoot, Analyst> analysts = new LinkedHashMap<>();
    private final ExecutorService worker = daemon("writ-analysis");
    private final ExecutorService requests = daemon("writ-requests");

    /** @param policies folders, in those of the workspace, that are a policy of their own each */
    Session(Supplier<LanguageClient> client, ModelOptions options, List<Path> policies) {
        this.client = client;
        this.options = options;
        this.policies = List.copyOf(policies);
        this.findings = new Findings(client, buffers, places);
    }

    private static ExecutorService daemon(String name) {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(null, task, name, 16L * 1024 * 1024);
            thread.setDaemon(true);
            return thread;
        });
    }

    Buffers buffers() {
        return buffers;
    }

    /** Where questions are answered, one after the other. */
    Executor requests() {
        return requests;
    }

    Places places() {
        return places;
    }

    /** Does what a notification asks for: it has no answer, so a bug goes to the client's log. */
    void take(Runnable notification) {
        try {
            notification.run();
        } catch (RuntimeException bug) {
            log(bug);
        }
    }

    private void log(Throwable bug) {
        client.get().logMessage(new MessageParams(MessageType.Error, "a bug in writ: " + bug));
    }

    synchronized void addFolder(Path folder) {
        List<Path> roots = policies.isEmpty()
                ? List.of(folder)
                : policies.stream().map(folder::resolve).toList();
        for (Path root : roots) {
            analyst(PolicyRoot.workspace(root)).filesChanged();
        }
    }

    synchronized void removeFolder(Path folder) {
        for (PolicyRoot root : List.copyOf(analysts.keySet())) {
            Path at = root.folder();
            if (root.recursive()
                    && at != null
                    && at.startsWith(folder.toAbsolutePath().normalize())) {
                drop(root);
            }
        }
    }

    void open(TextDocumentItem document) {
        String uri = document.getUri();
        Path folder = root(Uris.name(uri), uri).folder();
        buffers.put(Buffer.of(uri, document.getVersion(), document.getText(), folder));
        changed(uri);
    }

    void change(String uri, int version, List<TextDocumentContentChangeEvent> changes) {
        buffers.of(uri).ifPresent(before -> {
            buffers.put(before.changed(version, changes));
            changed(uri);
        });
    }

    /** A feature that is open may name any document: it is looked at again, too. */
    private void changed(String uri) {
        Analyst own = analyst(uri);
        own.changed();
        if (!Uris.name(uri).endsWith(".feature")) {
            features().forEach(Analyst::changed);
        }
    }

    private synchronized List<Analyst> features() {
        List<Analyst> features = new ArrayList<>();
        analysts.forEach((root, analyst) -> {
            String document = root.document();
            if (document != null && document.endsWith(".feature")) {
                features.add(analyst);
            }
        });
        return features;
    }

    void close(String uri) {
        buffers.remove(uri);
        PolicyRoot root = root(Uris.name(uri), uri);
        boolean isInUse =
                buffers.all().stream().anyMatch(open -> root.holds(open.file().name()));
        if (root.recursive() || isInUse) {
            analyst(uri).filesChanged();
        } else {
            drop(root);
        }
    }

    /** Files were saved, made or deleted. */
    void filesChanged(List<String> uris) {
        List<Path> paths = uris.stream().flatMap(uri -> Uris.path(uri).stream()).toList();
        for (Analyst analyst : holding(paths)) {
            analyst.filesChanged();
        }
        features().forEach(Analyst::changed);
    }

    /** What is known of a document's policy as it is now. */
    CompletableFuture<Analysis> analysis(String uri) {
        return analyst(uri).current();
    }

    /** What was last known of a document's policy: no wait, but for the first analysis. */
    CompletableFuture<Analysis> latest(String uri) {
        Analyst analyst = analyst(uri);
        Analysis latest = analyst.latest();
        return latest.files().isEmpty() ? analyst.current() : CompletableFuture.completedFuture(latest);
    }

    void close() {
        worker.shutdownNow();
        requests.shutdownNow();
    }

    private synchronized List<Analyst> holding(List<Path> paths) {
        List<Analyst> holding = new ArrayList<>();
        analysts.forEach((root, analyst) -> {
            Path folder = root.folder();
            if (folder != null && paths.stream().anyMatch(path -> !WorkspaceFiles.isLeftOut(folder, path))) {
                holding.add(analyst);
            }
        });
        return holding;
    }

    private Analyst analyst(String uri) {
        return analyst(root(Uris.name(uri), uri));
    }

    private synchronized PolicyRoot root(String name, String uri) {
        if (name.endsWith(".feature")) {
            return PolicyRoot.feature(name);
        }
        return analysts.keySet().stream()
                .filter(root -> root.holds(name))
                .max(Comparator.comparingInt(PolicyRoot::depth))
                .orElseGet(() -> PolicyRoot.alone(uri));
    }

    private synchronized Analyst analyst(PolicyRoot root) {
        return analysts.computeIfAbsent(root, this::newAnalyst);
    }

    private Analyst newAnalyst(PolicyRoot root) {
        return new Analyst(
                new RootSources(root, buffers), options, worker, analysis -> findings.show(root, analysis), this::log);
    }

    private synchronized void drop(PolicyRoot root) {
        analysts.remove(root);
        findings.clear(root);
    }
}
