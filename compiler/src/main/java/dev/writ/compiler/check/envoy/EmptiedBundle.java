package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.envoy.config.AnyConfig.BundleFile;

/**
 * The SPIFFE validator's {@code trust_bundles} in a file. Where the file becomes empty, is no JSON or names no trust domain, Envoy keeps
 * the bundles that it had, so that the last trust domain cannot be revoked that way; without a {@code watched_directory} it never reads
 * the file again (both tried on 1.40.0).
 */
final class EmptiedBundle implements Danger {
    @Override
    public void find(Survey survey, Findings findings) {
        for (BundleFile file : survey.config().bundleFiles()) {
            if (file.watched()) {
                findings.add(
                        DiagnosticId.ENVOY_EMPTIED_BUNDLE,
                        file.place(),
                        "emptying this file revokes nothing: Envoy keeps the bundles that it read before",
                        "to revoke the last trust domain, replace its keys, or take the validator's config away");
            } else {
                findings.add(
                        DiagnosticId.ENVOY_EMPTIED_BUNDLE,
                        file.place(),
                        "no change of this file revokes anything: Envoy reads it once",
                        "name its folder as `watched_directory`; emptying the file revokes nothing then, either");
            }
        }
    }
}
