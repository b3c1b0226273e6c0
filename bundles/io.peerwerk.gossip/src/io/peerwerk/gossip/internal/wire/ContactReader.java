// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.wire;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.Member;

/**
 * A contact as the first fields of a record: {@code bytes id = 1; repeated bytes address = 2}. What follows is the
 * business of the record's owner.
 */
public final class ContactReader {

    /** The most bytes a contact takes, with some for two or three numbers beside it and fields of later versions. */
    public static final int MAX_RECORD = Contact.MAX_ID + Member.MAX_ADDRESSES * (Addresses.MAX_LENGTH + 3) + 128;

    /** The field of a message that is nothing but such records: {@code repeated Record record = 1}. */
    public static final int RECORD = 1;

    private static final int ID = 1;
    private static final int ADDRESS = 2;

    private final Addresses addresses = new Addresses();
    private @Nullable PeerId id;

    /**
     * How much a message may hold.
     *
     * @param message bytes of it
     * @param records so many of them
     * @param record  bytes of each
     */
    public record Bounds(int message, int records, int record) {
    }

    /** Reads one record, to its end. */
    @FunctionalInterface
    public interface Record<T> {
        T read(ProtoReader in) throws FormatException;
    }

    /** Reads a message of records from a stranger. */
    public static <T> List<T> readAll(byte[] message, Bounds bounds, Record<T> record) throws FormatException {
        if (message.length > bounds.message()) {
            throw new FormatException("a message of " + message.length + " bytes");
        }
        var in = new ProtoReader(message);
        List<T> records = new ArrayList<>();
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field != RECORD) {
                in.skip();
            } else if (records.size() == bounds.records()) {
                throw new FormatException("more than " + bounds.records() + " records");
            } else {
                records.add(record.read(in.message(bounds.record())));
            }
        }
        return records;
    }

    /** A record that begins with the contact. */
    public static ProtoWriter begin(Contact contact) {
        var out = new ProtoWriter().bytes(ID, contact.id().toBytes());
        Addresses.write(out, ADDRESS, contact.addresses());
        return out;
    }

    /** Takes the field if it is one of the contact's, else leaves it; says whether it was. */
    public boolean take(int field, ProtoReader in) throws FormatException {
        switch (field) {
            case ID -> id = PeerId.read(in.bytes(Contact.MAX_ID));
            case ADDRESS -> addresses.readOne(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The contact, once the record is at its end. */
    public Contact contact() throws FormatException {
        PeerId peer = id;
        if (peer == null) {
            throw new FormatException("a contact without a peer");
        }
        return new Contact(peer, addresses.list());
    }
}
