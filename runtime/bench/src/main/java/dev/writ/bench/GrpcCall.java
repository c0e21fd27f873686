package dev.writ.bench;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSession;

/** A call as gRPC's engine gets it: the caller is in the certificate of its TLS session. */
final class GrpcCall extends ServerCall<byte[], byte[]> {
    private static final MethodDescriptor<byte[], byte[]> METHOD = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("shop.Cart/Add")
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();

    private final Attributes attributes;

    GrpcCall(X509Certificate caller) {
        Certificate[] chain = {caller};
        SSLSession session = (SSLSession) Proxy.newProxyInstance(
                GrpcCall.class.getClassLoader(),
                new Class<?>[] {SSLSession.class},
                (proxy, method, arguments) -> method.getName().equals("getPeerCertificates") ? chain : null);
        this.attributes = Attributes.newBuilder()
                .set(Grpc.TRANSPORT_ATTR_SSL_SESSION, session)
                .build();
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public MethodDescriptor<byte[], byte[]> getMethodDescriptor() {
        return METHOD;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(byte[] message) {}

    @Override
    public void close(Status status, Metadata trailers) {}

    private static final class Bytes implements Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return InputStream.nullInputStream();
        }

        @Override
        public byte[] parse(InputStream stream) {
            return new byte[0];
        }
    }
}
