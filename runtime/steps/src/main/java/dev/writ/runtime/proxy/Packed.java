package dev.writ.runtime.proxy;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

/** Opens the typed configs of our own artifacts, which hold what they name. */
final class Packed {
    private Packed() {}

    static <M extends Message> M unpack(Any packed, Class<M> type) {
        try {
            return packed.unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("a config that does not hold the message it names", e);
        }
    }
}
