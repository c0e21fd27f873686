/**
 * What Kuma's control plane would send a proxy, for the versions that Writ knows.
 *
 * <p>Left out of it, because Writ does not model it: the listeners for administration, readiness and transparent proxying, outbound
 * listeners, endpoints, access logs, and what policies other than MeshTrafficPermission and MeshTLS set. Timeouts are those of
 * Kuma's default MeshTimeout.
 */
@NullMarked
package dev.writ.compiler.envoy.kuma;

import org.jspecify.annotations.NullMarked;
