// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.exchange;

import java.util.ArrayList;
import java.util.List;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * The first message of each request.
 *
 * @param kind what is asked
 * @param blocks about which blocks
 */
public record BlockRequest(Kind kind, List<Ref> blocks) {

    private static final int MAX_CID = 160;
    private static final int MAX_REF = MAX_CID + 32;

    /** What is asked; the number on the wire is the ordinal plus one. */
    public enum Kind {
        /** Store the blocks that follow. */
        PUT,
        /** Which of these are there? */
        HAVE,
        /** Send these. */
        GET
    }

    /**
     * A block that is spoken of.
     *
     * @param cid its name
     * @param length its bytes, in a PUT; else 0
     */
    public record Ref(Cid cid, int length) {
    }

    /** The list is copied. */
    public BlockRequest {
        blocks = List.copyOf(blocks);
    }

    /** A request about blocks whose lengths do not matter. */
    static BlockRequest of(Kind kind, List<Cid> cids) {
        return new BlockRequest(kind, cids.stream().map(cid -> new Ref(cid, 0)).toList());
    }

    /** The message. */
    public byte[] toBytes() {
        ProtoWriter out = new ProtoWriter().uint(1, kind.ordinal() + 1);
        for (Ref ref : blocks) {
            ProtoWriter part = new ProtoWriter().bytes(1, ref.cid().toBytes());
            out.message(2, ref.length() == 0 ? part : part.uint(2, ref.length()));
        }
        return out.toBytes();
    }

    /** Reads a message; counts and lengths are within the {@link Limits}. */
    public static BlockRequest parse(byte[] bytes) throws FormatException {
        long kind = 0;
        long total = 0;
        List<Ref> blocks = new ArrayList<>();
        ProtoReader in = new ProtoReader(bytes);
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> kind = in.uint();
                case 2 -> {
                    Ref ref = ref(in.message(MAX_REF));
                    total += ref.length();
                    if (blocks.size() == Limits.MAX_HAVE || total > Limits.MAX_PUT_BYTES) {
                        throw new FormatException("a request for too many blocks");
                    }
                    blocks.add(ref);
                }
                default -> in.skip();
            }
        }
        if (kind < 1 || kind > Kind.values().length) {
            throw new FormatException("a request of the unknown kind " + kind);
        }
        Kind known = Kind.values()[(int) kind - 1];
        if (blocks.isEmpty() || known != Kind.HAVE && blocks.size() > Limits.MAX_BATCH) {
            throw new FormatException("a " + known + " of " + blocks.size() + " blocks");
        }
        return new BlockRequest(known, blocks);
    }

    private static Ref ref(ProtoReader in) throws FormatException {
        byte[] cid = new byte[0];
        long length = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> cid = in.bytes(MAX_CID);
                case 2 -> length = in.uint();
                default -> in.skip();
            }
        }
        if (length < 0 || length > Limits.MAX_BLOCK) {
            throw new FormatException("a block of " + length + " bytes");
        }
        return new Ref(Cid.read(cid), (int) length);
    }

    /** Bytes of all blocks. */
    int totalBytes() {
        return blocks.stream().mapToInt(Ref::length).sum();
    }

    /** The CIDs in order. */
    List<Cid> cids() {
        return blocks.stream().map(Ref::cid).toList();
    }
}
