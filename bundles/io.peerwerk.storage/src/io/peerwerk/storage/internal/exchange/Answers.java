// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.exchange;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/** The answers' messages. */
public final class Answers {

    private Answers() {
    }

    /** What became of one block of a PUT; the number on the wire is the ordinal plus one. */
    public enum PutResult {
        /** On the disk of the holder. */
        STORED,
        /** What the holder offers is used up. */
        QUOTA,
        /** Its bytes are not what its CID says. */
        MISMATCH,
        /** The holder's disk failed. */
        FAILED
    }

    /** The answer to a PUT. */
    static byte[] results(List<PutResult> results) {
        byte[] codes = new byte[results.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) (results.get(i).ordinal() + 1);
        }
        return new ProtoWriter().bytes(1, codes).toBytes();
    }

    /** Reads the answer to a PUT of so many blocks; a code that is not known counts as a failure. */
    public static List<PutResult> parseResults(byte[] message, int count) throws FormatException {
        byte[] codes = onlyBytes(message, count);
        if (codes.length != count) {
            throw new FormatException(codes.length + " results for " + count + " blocks");
        }
        List<PutResult> results = new ArrayList<>(count);
        for (byte code : codes) {
            results.add(code >= 1 && code <= PutResult.values().length
                    ? PutResult.values()[code - 1] : PutResult.FAILED);
        }
        return results;
    }

    /** The answer to a HAVE. */
    static byte[] bits(BitSet there) {
        return new ProtoWriter().bytes(1, there.toByteArray()).toBytes();
    }

    /** Reads the answer to a HAVE of so many blocks. */
    public static BitSet parseBits(byte[] message, int count) throws FormatException {
        BitSet bits = BitSet.valueOf(onlyBytes(message, Math.ceilDiv(count, 8)));
        if (bits.length() > count) {
            throw new FormatException("an answer about blocks that were not asked for");
        }
        return bits;
    }

    private static byte[] onlyBytes(byte[] message, int max) throws FormatException {
        byte[] bytes = new byte[0];
        ProtoReader in = new ProtoReader(message);
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == 1) {
                bytes = in.bytes(max);
            } else {
                in.skip();
            }
        }
        return bytes;
    }

    /** The message before a block's bytes; a length of -1 says that it is not there. */
    static byte[] blockHead(int length) {
        return length < 0 ? new ProtoWriter().bool(1, false).toBytes()
                : new ProtoWriter().bool(1, true).uint(2, length).toBytes();
    }

    /** Reads the message before a block's bytes: their number, or -1 where the block is not there. */
    public static int parseBlockHead(byte[] message) throws FormatException {
        boolean found = false;
        long length = 0;
        ProtoReader in = new ProtoReader(message);
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> found = in.bool();
                case 2 -> length = in.uint();
                default -> in.skip();
            }
        }
        if (length < 0 || length > Limits.MAX_BLOCK) {
            throw new FormatException("a block of " + length + " bytes");
        }
        return found ? (int) length : -1;
    }
}
