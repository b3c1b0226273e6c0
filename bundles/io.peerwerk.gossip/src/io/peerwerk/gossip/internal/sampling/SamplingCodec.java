// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.sampling;

import java.util.List;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.internal.cycle.WireFormat;
import io.peerwerk.gossip.internal.cyclon.CyclonCodec;
import io.peerwerk.gossip.internal.cyclon.Entry;

/** The messages of the framework as bytes: those of Cyclon and one field more. */
public final class SamplingCodec {

    public static final WireFormat<SamplingMessage> FORMAT = new WireFormat<>("/peerwerk/sampling/1.0.0",
            CyclonCodec.MAX_MESSAGE, SamplingCodec::encode, SamplingCodec::decode);

    private static final int PULL = 2;

    private SamplingCodec() {
    }

    public static byte[] encode(SamplingMessage message) {
        byte[] entries = CyclonCodec.encode(message.entries());
        if (!message.pull()) {
            return entries;
        }
        byte[] pull = new ProtoWriter().bool(PULL, true).toBytes();
        byte[] both = new byte[entries.length + pull.length]; // records are joined by joining their bytes
        System.arraycopy(entries, 0, both, 0, entries.length);
        System.arraycopy(pull, 0, both, entries.length, pull.length);
        return both;
    }

    /** Reads a message from a stranger. */
    public static SamplingMessage decode(byte[] message) throws FormatException {
        List<Entry> entries = CyclonCodec.decode(message);
        boolean pull = false;
        var in = new ProtoReader(message);
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == PULL) {
                pull = in.bool();
            }
        }
        return new SamplingMessage(entries, pull);
    }
}
