package dev.writ.runtime.judge;

import dev.writ.compiler.model.WorkloadKey;
import org.jspecify.annotations.Nullable;

/**
 * One call to judge.
 *
 * @param port the inbound's port
 * @param sni the TLS server name; null for none
 * @param method null for GET; an inbound that is not HTTP takes no notice of method and path
 * @param path with its query, if any; null for {@code /}
 */
public record Call(
        Caller caller,
        WorkloadKey to,
        int port,
        @Nullable String sni,
        @Nullable String method,
        @Nullable String path) {}
