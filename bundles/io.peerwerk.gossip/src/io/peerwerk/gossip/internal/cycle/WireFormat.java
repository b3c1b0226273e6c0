// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cycle;

import io.peerwerk.core.wire.FormatException;

/**
 * How the messages of a protocol look on the wire.
 *
 * @param name the protocol's name, such as {@code /peerwerk/aggregation/1.0.0}
 * @param maxMessage the longest message that is taken, in bytes
 * @param encoder writes a message
 * @param decoder reads a message from a stranger
 * @param <M> the messages
 */
public record WireFormat<M>(String name, int maxMessage, Encoder<M> encoder, Decoder<M> decoder) {

    /** Writes messages. */
    @FunctionalInterface
    public interface Encoder<M> {
        byte[] encode(M message);
    }

    /** Reads messages. */
    @FunctionalInterface
    public interface Decoder<M> {
        M decode(byte[] message) throws FormatException;
    }
}
