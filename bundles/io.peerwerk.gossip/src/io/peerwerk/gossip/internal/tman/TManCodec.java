// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.tman;

import java.util.List;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.internal.cycle.WireFormat;
import io.peerwerk.gossip.internal.wire.ContactReader;

/** The nodes of an exchange as bytes; the package description has the picture. */
public final class TManCodec {

    /** The longest message that is taken, in bytes: {@value TManOptions#MAX_NODES} nodes of the longest kind. */
    public static final int MAX_MESSAGE = 44 * 1024;

    public static final WireFormat<List<Node>> FORMAT =
            new WireFormat<>("/peerwerk/tman/1.0.0", MAX_MESSAGE, TManCodec::encode, TManCodec::decode);

    private static final ContactReader.Bounds BOUNDS =
            new ContactReader.Bounds(MAX_MESSAGE, TManOptions.MAX_NODES, ContactReader.MAX_RECORD);

    private static final int X = 3;
    private static final int Y = 4;
    private static final int HEIGHT = 5;

    private TManCodec() {
    }

    public static byte[] encode(List<Node> nodes) {
        var out = new ProtoWriter();
        for (Node node : nodes) {
            ProtoWriter value = ContactReader.begin(node.contact());
            Coordinates at = node.coordinates();
            if (!at.equals(Coordinates.ORIGIN)) {
                value.fixed64(X, bits(at.x())).fixed64(Y, bits(at.y())).fixed64(HEIGHT, bits(at.height()));
            }
            out.message(ContactReader.RECORD, value);
        }
        return out.toBytes();
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    /** Reads a message from a stranger. */
    public static List<Node> decode(byte[] message) throws FormatException {
        return ContactReader.readAll(message, BOUNDS, TManCodec::readNode);
    }

    private static Node readNode(ProtoReader in) throws FormatException {
        var contact = new ContactReader();
        double x = 0;
        double y = 0;
        double height = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case X -> x = coordinate(in);
                case Y -> y = coordinate(in);
                case HEIGHT -> height = coordinate(in);
                default -> contact.take(field, in); // what it does not take is skipped
            }
        }
        try {
            return Node.of(contact.contact(), new Coordinates(x, y, height));
        } catch (IllegalArgumentException e) { // the coordinates know their own bounds
            throw new FormatException(e.getMessage());
        }
    }

    private static double coordinate(ProtoReader in) throws FormatException {
        return Double.longBitsToDouble(in.fixed64()) + 0.0; // there is one zero
    }
}
