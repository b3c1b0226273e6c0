// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.tman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.virtual.Peers;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TManCodecTest {

    @Property(tries = 200)
    void everyMessageComesOutAsItWentIn(@ForAll("nodes") List<Node> nodes) throws FormatException {
        assertEquals(nodes, TManCodec.decode(TManCodec.encode(nodes)));
    }

    @Provide
    static Arbitrary<List<Node>> nodes() {
        Arbitrary<Double> side = Arbitraries.doubles().between(-Coordinates.MAX, Coordinates.MAX).map(d -> d + 0.0);
        Arbitrary<Double> height = Arbitraries.doubles().between(0, Coordinates.MAX).map(d -> d + 0.0);
        return Combinators.combine(Arbitraries.integers().between(0, 1000), side, side, height)
                .as((id, x, y, h) -> Node.of(Peers.contact(id), new Coordinates(x, y, h)))
                .list().ofMaxSize(TManOptions.MAX_NODES);
    }

    @Test
    void theLongestNodesFitIntoAMessageAndOneMoreIsRefused() throws FormatException {
        List<Node> nodes = IntStream.rangeClosed(0, TManOptions.MAX_NODES)
                .mapToObj(i -> Node.of(Peers.longContact(i), new Coordinates(1, 2, 3))).toList();
        byte[] message = TManCodec.encode(nodes.subList(0, TManOptions.MAX_NODES));
        assertTrue(message.length <= TManCodec.MAX_MESSAGE, message.length + " bytes");
        assertEquals(nodes.subList(0, TManOptions.MAX_NODES), TManCodec.decode(message));
        assertThrows(FormatException.class, () -> TManCodec.decode(TManCodec.encode(nodes)));
    }

    @Test
    void coordinatesThatCannotBeAreRefused() throws FormatException {
        assertEquals(Coordinates.MAX, TManCodec.decode(node(3, Coordinates.MAX)).getFirst().coordinates().x());
        assertEquals(-Coordinates.MAX, TManCodec.decode(node(4, -Coordinates.MAX)).getFirst().coordinates().y());
        for (double value : new double[] {1e30, Double.NaN, Double.POSITIVE_INFINITY, Math.nextUp(Coordinates.MAX)}) {
            for (int field = 3; field <= 5; field++) {
                byte[] message = node(field, value);
                assertThrows(FormatException.class, () -> TManCodec.decode(message));
            }
        }
        assertThrows(FormatException.class, () -> TManCodec.decode(node(5, -1)));
    }

    @Test
    void aNodeWithoutPeerAndAMessageOneByteTooLongAreRefused() throws FormatException {
        byte[] nobody = new ProtoWriter().message(1, new ProtoWriter().fixed64(3, 0)).toBytes();
        assertThrows(FormatException.class, () -> TManCodec.decode(nobody));
        assertEquals(List.of(), TManCodec.decode(padded(TManCodec.MAX_MESSAGE)));
        assertThrows(FormatException.class, () -> TManCodec.decode(padded(TManCodec.MAX_MESSAGE + 1)));
    }

    private static byte[] padded(int length) {
        return new ProtoWriter().bytes(15, new byte[length - 4]).toBytes();
    }

    private static byte[] node(int field, double value) {
        return new ProtoWriter().message(1, new ProtoWriter().bytes(1, Peers.id(1).toBytes())
                .fixed64(field, Double.doubleToRawLongBits(value))).toBytes();
    }
}
