package dev.writ.compiler.envoy.config;

import dev.writ.compiler.envoy.config.HeaderHandling.PortOfHost;
import dev.writ.compiler.envoy.config.HeaderHandling.Underscores;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ForwardClientCertDetails;

/** Decodes what a connection manager does to headers. */
final class HeaderHandlingDecoder {
    private HeaderHandlingDecoder() {}

    static HeaderHandling decode(HttpConnectionManager manager) {
        return new HeaderHandling(
                manager.getUseRemoteAddress().getValue(),
                manager.getXffNumTrustedHops(),
                manager.getForwardClientCertDetails() != ForwardClientCertDetails.SANITIZE,
                manager.getStripAnyHostPort()
                        ? PortOfHost.STRIP_ANY
                        : manager.getStripMatchingHostPort() ? PortOfHost.STRIP_MATCHING : PortOfHost.KEEP,
                switch (manager.getCommonHttpProtocolOptions().getHeadersWithUnderscoresAction()) {
                    case REJECT_REQUEST -> Underscores.REJECT;
                    case DROP_HEADER -> Underscores.DROP;
                    case ALLOW, UNRECOGNIZED -> Underscores.ALLOW;
                });
    }
}
