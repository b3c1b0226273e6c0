// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cyclon;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.internal.wire.Addresses;
import io.peerwerk.gossip.internal.wire.Contact;

/** The entries of a shuffle as bytes; the package description has the picture. */
public final class CyclonCodec {

    /** The longest message that is taken, in bytes: {@value CyclonOptions#MAX_ENTRIES} entries of the longest kind. */
    public static final int MAX_MESSAGE = 40 * 1024;

    private static final int ENTRY = 1;

    private static final int ID = 1;
    private static final int ADDRESS = 2;
    private static final int AGE = 3;

    private static final int MAX_ENTRY =
            Contact.MAX_ID + Member.MAX_ADDRESSES * (Addresses.MAX_LENGTH + 3) + 64 /* age, lengths, later fields */;

    private CyclonCodec() {
    }

    /** The message with these entries, at most {@value CyclonOptions#MAX_ENTRIES}. */
    public static byte[] encode(List<Entry> entries) {
        var out = new ProtoWriter();
        for (Entry entry : entries) {
            var value = new ProtoWriter().bytes(ID, entry.id().toBytes());
            Addresses.write(value, ADDRESS, entry.contact().addresses());
            out.message(ENTRY, value.uint(AGE, entry.age()));
        }
        return out.toBytes();
    }

    /** Reads a message from a stranger. */
    public static List<Entry> decode(byte[] message) throws FormatException {
        if (message.length > MAX_MESSAGE) {
            throw new FormatException("a shuffle of " + message.length + " bytes");
        }
        var in = new ProtoReader(message);
        List<Entry> entries = new ArrayList<>();
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == ENTRY) {
                if (entries.size() == CyclonOptions.MAX_ENTRIES) {
                    throw new FormatException("a shuffle of more than " + CyclonOptions.MAX_ENTRIES + " entries");
                }
                entries.add(readEntry(in.message(MAX_ENTRY)));
            } else {
                in.skip();
            }
        }
        return entries;
    }

    private static Entry readEntry(ProtoReader in) throws FormatException {
        @Nullable PeerId id = null;
        var addresses = new Addresses();
        long age = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case ID -> id = PeerId.read(in.bytes(Contact.MAX_ID));
                case ADDRESS -> addresses.readOne(in);
                case AGE -> age = in.uint();
                default -> in.skip();
            }
        }
        if (id == null) {
            throw new FormatException("an entry without a peer");
        }
        if (age < 0 || age > Entry.MAX_AGE) {
            throw new FormatException("an entry of age " + Long.toUnsignedString(age));
        }
        return new Entry(new Contact(id, addresses.list()), (int) age);
    }
}
