// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * Messages as bytes; the package description shows them. Reading takes the blocks of all versions, since their fields
 * differ; writing leaves out what a version does not have.
 */
public final class MessageCodec {

    private static final int WANTLIST = 1;
    private static final int BARE_BLOCKS = 2;
    private static final int PAYLOAD = 3;
    private static final int PRESENCES = 4;
    private static final int PENDING = 5;

    private static final int LENGTH_DELIMITED = 2;

    private MessageCodec() {
    }

    /** Writes a message for a peer that speaks the version. */
    public static byte[] encode(Message message, Version version) {
        byte[] rest = withoutBlocks(message, version);
        List<byte[]> heads = message.blocks().stream().map(block -> head(block, version)).toList();
        int length = rest.length;
        for (int i = 0; i < heads.size(); i++) {
            length += heads.get(i).length + message.blocks().get(i).data().remaining();
        }
        ByteBuffer out = ByteBuffer.allocate(length).put(rest);
        for (int i = 0; i < heads.size(); i++) {
            out.put(heads.get(i)).put(message.blocks().get(i).data());
        }
        return out.array();
    }

    private static byte[] withoutBlocks(Message message, Version version) {
        ProtoWriter out = new ProtoWriter();
        if (message.full() || !message.entries().isEmpty()) {
            ProtoWriter list = new ProtoWriter();
            message.entries().stream().filter(entry -> says(entry, version))
                    .forEach(entry -> list.message(1, entry(entry, version)));
            out.message(WANTLIST, message.full() ? list.bool(2, true) : list);
        }
        if (version.hasPresences()) {
            message.presences().forEach(presence -> out.message(PRESENCES, new ProtoWriter()
                    .bytes(1, presence.cid().toBytes()).uint(2, presence.have() ? 0 : 1)));
            if (message.pendingBytes() != 0) {
                out.uint(PENDING, message.pendingBytes());
            }
        }
        return out.toBytes();
    }

    /** A peer of an older version would send the block where it is only asked whether it is there. */
    private static boolean says(WantEntry entry, Version version) {
        return version.hasPresences() || entry.kind() != WantEntry.Kind.HAVE;
    }

    private static ProtoWriter entry(WantEntry entry, Version version) {
        ProtoWriter out = new ProtoWriter().bytes(1, entry.cid().toBytes()).uint(2, entry.priority());
        switch (entry.kind()) {
            case BLOCK -> {
                // what a reader takes for granted
            }
            case HAVE -> out.uint(4, 1);
            case CANCEL -> out.bool(3, true);
        }
        return entry.sendDontHave() && version.hasPresences() ? out.bool(5, true) : out;
    }

    /** What stands before the bytes of a block. */
    private static byte[] head(Payload block, Version version) {
        int size = block.data().remaining();
        if (version == Version.V1_0_0) {
            return field(BARE_BLOCKS, size, new byte[0]);
        }
        byte[] prefix = new ProtoWriter().bytes(1, block.prefix().toBytes()).toBytes();
        byte[] data = field(2, size, prefix);
        return field(PAYLOAD, data.length + size, new byte[0], data);
    }

    private static byte[] field(int number, int length, byte[] before, byte... after) {
        byte[] bytes = new byte[before.length + 1 + Varint.size(length) + after.length];
        System.arraycopy(before, 0, bytes, 0, before.length);
        bytes[before.length] = (byte) (number << 3 | LENGTH_DELIMITED);
        int at = Varint.write(length, bytes, before.length + 1);
        System.arraycopy(after, 0, bytes, at, after.length);
        return bytes;
    }

    /** Reads a message; its parts are within the {@link WireLimits}. */
    public static Message parse(byte[] bytes) throws FormatException {
        if (bytes.length > WireLimits.MAX_MESSAGE) {
            throw new FormatException("a message of " + bytes.length + " bytes");
        }
        boolean full = false;
        List<WantEntry> entries = new ArrayList<>();
        List<Payload> blocks = new ArrayList<>();
        List<Presence> presences = new ArrayList<>();
        long pending = 0;
        ProtoReader in = new ProtoReader(bytes);
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case WANTLIST -> full |= wantlist(in.message(bytes.length), entries);
                case BARE_BLOCKS -> add(new Payload(Prefix.V0, ByteBuffer.wrap(in.bytes(bytes.length))), blocks);
                case PAYLOAD -> add(payload(in.message(bytes.length)), blocks);
                case PRESENCES -> add(presence(in.message(WireLimits.MAX_RECORD)), presences);
                case PENDING -> pending = in.uint();
                default -> in.skip();
            }
        }
        return new Message(full, entries, blocks, presences, (int) Math.clamp(pending, 0, Integer.MAX_VALUE));
    }

    private static <T> void add(T item, List<T> to) throws FormatException {
        if (to.size() == WireLimits.MAX_ITEMS) {
            throw new FormatException("a message has more than " + WireLimits.MAX_ITEMS + " entries");
        }
        to.add(item);
    }

    private static boolean wantlist(ProtoReader in, List<WantEntry> entries) throws FormatException {
        boolean full = false;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> add(entry(in.message(WireLimits.MAX_RECORD)), entries);
                case 2 -> full = in.bool();
                default -> in.skip();
            }
        }
        return full;
    }

    private static WantEntry entry(ProtoReader in) throws FormatException {
        byte[] cid = new byte[0];
        long priority = 0;
        boolean cancel = false;
        boolean have = false;
        boolean sendDontHave = false;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> cid = in.bytes(WireLimits.MAX_CID);
                case 2 -> priority = in.uint();
                case 3 -> cancel = in.bool();
                case 4 -> have = in.uint() == 1;
                case 5 -> sendDontHave = in.bool();
                default -> in.skip();
            }
        }
        return cancel ? WantEntry.cancel(Cid.read(cid)) : new WantEntry(Cid.read(cid),
                have ? WantEntry.Kind.HAVE : WantEntry.Kind.BLOCK, (int) priority, sendDontHave);
    }

    private static Payload payload(ProtoReader in) throws FormatException {
        Prefix prefix = Prefix.V0;
        byte[] data = new byte[0];
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> prefix = Prefix.parse(in.bytes(WireLimits.MAX_PREFIX));
                case 2 -> data = in.bytes(WireLimits.MAX_MESSAGE);
                default -> in.skip();
            }
        }
        return new Payload(prefix, ByteBuffer.wrap(data));
    }

    private static Presence presence(ProtoReader in) throws FormatException {
        byte[] cid = new byte[0];
        long kind = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> cid = in.bytes(WireLimits.MAX_CID);
                case 2 -> kind = in.uint();
                default -> in.skip();
            }
        }
        return new Presence(Cid.read(cid), kind == 0);
    }
}
