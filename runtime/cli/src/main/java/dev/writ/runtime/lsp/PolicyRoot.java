package dev.writ.runtime.lsp;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is read together as one policy: a folder with the folders in it, one folder alone (of a file outside the workspace), or
 * a single document: a feature, or one that is no file.
 *
 * @param folder null for a single document
 * @param document its name; null for a folder
 */
record PolicyRoot(
        @Nullable Path folder, boolean recursive, @Nullable String document) {

    static PolicyRoot workspace(Path folder) {
        return new PolicyRoot(folder.toAbsolutePath().normalize(), true, null);
    }

    /** The root of a document that no workspace folder holds. */
    static PolicyRoot alone(String uri) {
        Optional<Path> parent = Uris.path(uri).map(Path::getParent);
        return parent.isPresent()
                ? new PolicyRoot(parent.get(), false, null)
                : new PolicyRoot(null, false, Uris.name(uri));
    }

    /** The root of a feature, whose policy is what it declares and names itself. */
    static PolicyRoot feature(String name) {
        return new PolicyRoot(null, false, name);
    }

    /** Whether a document of this name is read as part of it. */
    boolean holds(String name) {
        if (folder == null) {
            return name.equals(document);
        }
        Path path = Path.of(name);
        if (!path.isAbsolute()) {
            return false;
        }
        return recursive ? path.startsWith(folder) : folder.equals(path.getParent());
    }

    int depth() {
        return folder == null ? 0 : folder.getNameCount();
    }
}
