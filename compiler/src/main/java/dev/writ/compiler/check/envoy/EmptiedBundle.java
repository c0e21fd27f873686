package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;

/**
 * The SPIFFE validator's {@code trust_bundles} in a file: where the file becomes empty or is no JSON, Envoy keeps the bundles that it
 * had, so that the last trust domain cannot be revoked that way.
 */
final class EmptiedBundle implements Danger {
    @Override
    public void find(Survey survey, Findings findings) {
        for (String place : survey.config().bundleFiles()) {
            findings.add(
                    DiagnosticId.ENVOY_EMPTIED_BUNDLE,
                    place,
                    "emptying this file revokes nothing: Envoy keeps the bundles that it read before",
                    "to revoke the last trust domain, replace its keys, or take the validator's config away");
        }
    }
}
