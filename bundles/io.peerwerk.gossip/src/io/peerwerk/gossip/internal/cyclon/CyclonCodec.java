// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cyclon;

import java.util.List;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.internal.wire.Addresses;
import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.gossip.internal.wire.ContactReader;

/** The entries of a shuffle as bytes; the package description has the picture. */
public final class CyclonCodec {

    /** The longest message that is taken, in bytes: {@value CyclonOptions#MAX_ENTRIES} entries of the longest kind. */
    public static final int MAX_MESSAGE = 40 * 1024;

    private static final int MAX_ENTRY =
            Contact.MAX_ID + Member.MAX_ADDRESSES * (Addresses.MAX_LENGTH + 3) + 64 /* age, lengths, later fields */;

    private static final ContactReader.Bounds BOUNDS =
            new ContactReader.Bounds(MAX_MESSAGE, CyclonOptions.MAX_ENTRIES, MAX_ENTRY);

    private static final int AGE = 3;

    private CyclonCodec() {
    }

    /** The message with these entries, at most {@value CyclonOptions#MAX_ENTRIES}. */
    public static byte[] encode(List<Entry> entries) {
        var out = new ProtoWriter();
        for (Entry entry : entries) {
            out.message(ContactReader.RECORD, ContactReader.begin(entry.contact()).uint(AGE, entry.age()));
        }
        return out.toBytes();
    }

    /** Reads a message from a stranger. */
    public static List<Entry> decode(byte[] message) throws FormatException {
        return ContactReader.readAll(message, BOUNDS, CyclonCodec::readEntry);
    }

    private static Entry readEntry(ProtoReader in) throws FormatException {
        var contact = new ContactReader();
        long age = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == AGE) {
                age = in.uint();
            } else if (!contact.take(field, in)) {
                in.skip();
            }
        }
        if (age < 0 || age > Entry.MAX_AGE) {
            throw new FormatException("an entry of age " + Long.toUnsignedString(age));
        }
        return new Entry(contact.contact(), (int) age);
    }
}
