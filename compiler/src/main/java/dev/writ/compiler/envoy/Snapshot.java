package dev.writ.compiler.envoy;

import dev.writ.compiler.model.WorkloadKey;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;

/**
 * The Envoy config of one workload: a whole static bootstrap and the two secrets it reads by SDS from files beside it.
 *
 * @param identity {@code sds/identity.yaml}: names the SVID and its key under {@code secrets/}
 * @param trust {@code sds/trust.yaml}: the SPIFFE validator, a CA file under {@code secrets/} for each trust domain
 */
public record Snapshot(WorkloadKey workload, Bootstrap bootstrap, Secret identity, Secret trust) {}
