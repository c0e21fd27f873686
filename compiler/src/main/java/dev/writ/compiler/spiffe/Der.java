package dev.writ.compiler.spiffe;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/** The little of DER (X.690) that makes a PKCS#8 key of the older forms of private keys. */
final class Der {
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;

    /** {@code rsaEncryption}, and the NULL of its parameters. */
    private static final byte[] RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    private static final byte[] EC_PUBLIC_KEY = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private Der() {}

    /** PKCS#8 around an RSA key of PKCS#1. */
    static byte[] ofPkcs1(byte[] key) {
        return privateKeyInfo(RSA, key);
    }

    /** PKCS#8 around an EC key of SEC 1, whose own {@code parameters} name the curve; empty where they do not. */
    static Optional<byte[]> ofSec1(byte[] key) {
        return curveOf(key).map(curve -> privateKeyInfo(element(SEQUENCE, EC_PUBLIC_KEY, curve), key));
    }

    private static byte[] privateKeyInfo(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, element(INTEGER, new byte[] {0}), algorithm, element(OCTET_STRING, key));
    }

    // ECPrivateKey ::= SEQUENCE { version INTEGER, privateKey OCTET STRING, parameters [0] ... OPTIONAL, ... } (RFC
    // 5915)
    private static Optional<byte[]> curveOf(byte[] key) {
        int at = contentStart(key, 0);
        while (at > 0 && at < key.length) {
            int content = contentStart(key, at);
            int end = content < 0 ? -1 : content + length(key, at);
            if (end < content || end > key.length) {
                return Optional.empty();
            }
            if ((key[at] & 0xff) == 0xa0) {
                return Optional.of(Arrays.copyOfRange(key, content, end));
            }
            at = end;
        }
        return Optional.empty();
    }

    private static int contentStart(byte[] bytes, int at) {
        if (at + 1 >= bytes.length) {
            return -1;
        }
        int first = bytes[at + 1] & 0xff;
        int start = at + 2 + (first < 0x80 ? 0 : first & 0x7f);
        return first > 0x82 || start > bytes.length ? -1 : start;
    }

    private static int length(byte[] bytes, int at) {
        int first = bytes[at + 1] & 0xff;
        return switch (first) {
            case 0x81 -> bytes[at + 2] & 0xff;
            case 0x82 -> (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
            default -> first;
        };
    }

    private static byte[] element(int tag, byte[]... contents) {
        int length = Arrays.stream(contents).mapToInt(content -> content.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length >= 0x100) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length >= 0x80) {
            out.write(0x81);
        }
        out.write(length);
        for (byte[] content : contents) {
            out.writeBytes(content);
        }
        return out.toByteArray();
    }
}
