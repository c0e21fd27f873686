package dev.writ.compiler.envoy;

import dev.writ.compiler.model.WorkloadKey;

/**
 * What the config calls the parts of an inbound. The workload is in every name, so that the configs of several workloads can be
 * put together in one Envoy.
 *
 * @param stats the beginning of its statistics' names, without dots, which separate statistics
 */
record InboundNames(String listener, String cluster, String stats) {
    static InboundNames of(WorkloadKey workload, int port) {
        String suffix = workload.shortName() + ":" + port;
        String stats = ("inbound_" + suffix).replaceAll("[^A-Za-z0-9_-]", "_");
        return new InboundNames("inbound:" + suffix, "local:" + suffix, stats);
    }
}
