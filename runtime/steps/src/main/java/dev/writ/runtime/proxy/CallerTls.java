package dev.writ.runtime.proxy;

import dev.writ.runtime.identity.Svid;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of one call. Each call has a context of its own, so that no session of another caller is ever resumed; the key manager
 * is our own too, because the platform's costs more than the handshake.
 */
final class CallerTls {
    private CallerTls() {}

    /**
     * A client that has not shaken hands yet.
     *
     * @param caller what it presents, whichever issuers the server asks for; null for nothing
     * @param callee the certificate that the server must present
     * @param protocols what it offers by ALPN
     */
    static SSLSocket over(
            Socket socket,
            @Nullable Svid caller,
            X509Certificate callee,
            @Nullable String sni,
            List<String> protocols) {
        try {
            SSLContext context = TlsProvider.context();
            context.init(
                    caller == null ? new KeyManager[0] : new KeyManager[] {new OneCertificate(caller)},
                    new TrustManager[] {new OnlyThisServer(callee)},
                    null);
            SSLSocket tls = (SSLSocket) context.getSocketFactory()
                    .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            parameters.setApplicationProtocols(protocols.toArray(String[]::new));
            // A third of the work of P-256 in Java, and one key share instead of several.
            parameters.setNamedGroups(new String[] {"x25519"});
            parameters.setServerNames(sni == null || sni.isEmpty() ? List.of() : List.of(new SNIHostName(sni)));
            tls.setSSLParameters(parameters);
            return tls;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS 1.3", e);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static final class OneCertificate extends X509ExtendedKeyManager {
        private static final String ALIAS = "caller";

        private final Svid svid;

        OneCertificate(Svid svid) {
            this.svid = svid;
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {svid.certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return svid.key();
        }

        @Override
        public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }

    private static final class OnlyThisServer extends X509ExtendedTrustManager {
        private final X509Certificate server;

        OnlyThisServer(X509Certificate server) {
            this.server = server;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (!Arrays.asList(chain).contains(server)) {
                throw new CertificateException("another server than the one that was asked");
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("a client only");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
                throws CertificateException {
            throw new CertificateException("a client only");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("a client only");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
