// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.slicing;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.internal.cycle.WireFormat;

/** The message of the slicing as bytes; the package description has the picture. */
public final class SlicingCodec {

    /** The longest message that is taken, in bytes: 18, and room for later versions. */
    public static final int MAX_MESSAGE = 256;

    public static final WireFormat<SlicingMessage> FORMAT = new WireFormat<>("/peerwerk/slicing/1.0.0", MAX_MESSAGE,
            SlicingCodec::encode, SlicingCodec::decode);

    private static final int ATTRIBUTE = 1;
    private static final int RANDOM = 2;

    private SlicingCodec() {
    }

    public static byte[] encode(SlicingMessage message) {
        return new ProtoWriter().fixed64(ATTRIBUTE, Double.doubleToRawLongBits(message.attribute()))
                .fixed64(RANDOM, Double.doubleToRawLongBits(message.random())).toBytes();
    }

    /** Reads a message from a stranger. */
    public static SlicingMessage decode(byte[] message) throws FormatException {
        if (message.length > MAX_MESSAGE) {
            throw new FormatException("an attribute of " + message.length + " bytes");
        }
        var in = new ProtoReader(message);
        double attribute = Double.NaN;
        double random = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case ATTRIBUTE -> attribute = Double.longBitsToDouble(in.fixed64());
                case RANDOM -> random = Double.longBitsToDouble(in.fixed64());
                default -> in.skip();
            }
        }
        try {
            return new SlicingMessage(attribute, random);
        } catch (IllegalArgumentException e) { // the message knows its own bounds; NaN also where it is absent
            throw new FormatException(e.getMessage());
        }
    }
}
