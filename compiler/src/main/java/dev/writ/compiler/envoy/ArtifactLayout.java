package dev.writ.compiler.envoy;

import dev.writ.compiler.model.WorkloadKey;
import dev.writ.compiler.resource.ResourceEmitter;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

/** Where the files of a workload's artifact stand; all paths but {@link #folder} are relative to the workload's folder. */
public final class ArtifactLayout {
    public static final String BOOTSTRAP = "envoy.yaml";
    public static final String SDS_IDENTITY = "sds/identity.yaml";
    public static final String SDS_TRUST = "sds/trust.yaml";
    public static final String SECRETS = "secrets";
    /** The SVID's certificate chain, PEM, leaf first. */
    public static final String SVID = "secrets/svid.pem";
    /** Its private key, PEM (PKCS #8), mode 0600. */
    public static final String SVID_KEY = "secrets/svid.key";

    private static final Pattern OF_WORKLOAD =
            Pattern.compile("(envoy|snapshot)\\.(yaml|json|pb)|sds/(identity|trust)\\.yaml");
    private static final Pattern IN_FOLDER = Pattern.compile("([^/]+/){1,2}(" + OF_WORKLOAD + ")");
    private static final Set<String> OF_ALL =
            Set.of(ResourceEmitter.IDENTITIES, ResourceEmitter.TRUSTS, ResourceEmitter.PERMISSIONS);

    private ArtifactLayout() {}

    /** Whether a file of this path, below the folder of all, is one that a target writes. */
    public static boolean isArtifact(String path) {
        return OF_ALL.contains(path) || IN_FOLDER.matcher(path).matches();
    }

    /** Whether a file of this path, below a workload's folder, is one that a target writes for it. */
    static boolean isOfWorkload(String path) {
        return OF_WORKLOAD.matcher(path).matches();
    }

    /** The CA certificates that vouch for a trust domain, PEM. */
    public static String trustBundle(String trustDomain) {
        return "secrets/" + trustDomain + ".pem";
    }

    /**
     * The workload's folder below {@code out}.
     *
     * @throws IllegalArgumentException if its name would lead out of {@code out}
     */
    public static Path folder(Path out, WorkloadKey workload) {
        Path folder = workload.namespace() == null
                ? out.resolve(workload.name())
                : out.resolve(workload.namespace()).resolve(workload.name());
        if (!folder.normalize().equals(folder) || !folder.startsWith(out) || folder.equals(out)) {
            throw new IllegalArgumentException("the workload `" + workload + "` is no folder's name");
        }
        return folder;
    }
}
