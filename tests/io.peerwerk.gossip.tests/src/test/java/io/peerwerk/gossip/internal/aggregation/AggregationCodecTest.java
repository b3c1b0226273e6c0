// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.aggregation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.Quantity;
import io.peerwerk.gossip.internal.aggregation.AggregationMessage.Share;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AggregationCodecTest {

    @Property(tries = 300)
    void everyMessageComesOutAsItWentIn(@ForAll("messages") AggregationMessage message) throws FormatException {
        byte[] bytes = AggregationCodec.encode(message);
        assertTrue(bytes.length <= AggregationCodec.MAX_MESSAGE);
        assertEquals(message, AggregationCodec.decode(bytes));
    }

    @Property(tries = 300)
    void aMessageThatIsCutOffInsideAFieldIsRefused(@ForAll("messages") AggregationMessage message) {
        byte[] bytes = AggregationCodec.encode(message);
        assertThrows(FormatException.class, () -> AggregationCodec.decode(Arrays.copyOf(bytes, bytes.length - 1)));
    }

    @Provide
    static Arbitrary<AggregationMessage> messages() {
        Arbitrary<Share> shares = Combinators.combine(values(), values(), counts()).as(Share::new);
        return Combinators.combine(Arbitraries.longs().between(0, AggregationMessage.MAX_EPOCH),
                Arbitraries.longs().between(0, AggregationMessage.MAX_LEFT), shares.injectNull(0.2))
                .as(AggregationMessage::new);
    }

    private static Arbitrary<Values> values() {
        return Combinators.combine(Arbitraries.doubles().between(0, Quantity.OFFER.max()),
                Arbitraries.doubles().between(0, Quantity.FREE.max()),
                Arbitraries.doubles().between(0, Quantity.LOAD.max())).as((a, b, c) -> new Values(a + 0.0, b + 0.0, c + 0.0));
    }

    private static Arbitrary<Counts> counts() {
        Arbitrary<Set<Long>> leaders = Arbitraries.longs().set().ofMaxSize(AggregationMessage.MAX_INSTANCES);
        return Combinators.combine(leaders, Arbitraries.doubles().between(0, 1)).as((ids, value) -> {
            double[] values = new double[ids.size()];
            Arrays.fill(values, value + 0.0);
            return Counts.of(ids.stream().mapToLong(id -> id).sorted().toArray(), values);
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e30, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -Double.MIN_VALUE})
    void aValueThatCannotBeIsRefusedWhereverItStands(double value) {
        for (int field : new int[] {3, 4}) {
            for (int place = 0; place < 3; place++) {
                byte[] message = message(field, place, value);
                assertThrows(FormatException.class, () -> AggregationCodec.decode(message));
            }
        }
        assertThrows(FormatException.class, () -> AggregationCodec.decode(instances(new long[] {1}, value)));
    }

    @Test
    void theHighestValuesAreTakenAndTheNextOnesNot() throws FormatException {
        for (Quantity quantity : Quantity.values()) {
            byte[] highest = message(3, quantity.ordinal(), quantity.max());
            assertEquals(quantity.max(), AggregationCodec.decode(highest).share().means().get(quantity));
            byte[] higher = message(3, quantity.ordinal(), Math.nextUp(quantity.max()));
            assertThrows(FormatException.class, () -> AggregationCodec.decode(higher));
        }
        assertEquals(1, AggregationCodec.decode(instances(new long[] {1}, 1)).share().counts().value(0));
        assertThrows(FormatException.class, () -> AggregationCodec.decode(instances(new long[] {1}, Math.nextUp(1.0))));
    }

    @Test
    void instancesOutOfOrderOrTwiceOrTooManyAreRefused() throws FormatException {
        int limit = AggregationMessage.MAX_INSTANCES;
        long[] most = LongStream.range(0, limit).toArray();
        assertEquals(limit, AggregationCodec.decode(instances(most, 0.5)).share().counts().size());
        long[] tooMany = LongStream.rangeClosed(0, limit).toArray();
        assertThrows(FormatException.class, () -> AggregationCodec.decode(instances(tooMany, 0.5)));
        assertThrows(FormatException.class, () -> AggregationCodec.decode(instances(new long[] {2, 1}, 0.5)));
        assertThrows(FormatException.class, () -> AggregationCodec.decode(instances(new long[] {2, 2}, 0.5)));
    }

    @Test
    void anEpochOrATimeOutOfBoundsIsRefused() throws FormatException {
        assertEquals(AggregationMessage.MAX_EPOCH, AggregationCodec.decode(epoch(AggregationMessage.MAX_EPOCH, 0)).epoch());
        assertThrows(FormatException.class, () -> AggregationCodec.decode(epoch(AggregationMessage.MAX_EPOCH + 1, 0)));
        assertThrows(FormatException.class, () -> AggregationCodec.decode(epoch(-1, 0)));
        AggregationCodec.decode(epoch(1, AggregationMessage.MAX_LEFT));
        assertThrows(FormatException.class, () -> AggregationCodec.decode(epoch(1, AggregationMessage.MAX_LEFT + 1)));
    }

    @Test
    void estimatesOfTooFewQuantitiesAreRefusedAndOfMoreAreUsedAsFarAsKnown() throws FormatException {
        var few = new ProtoWriter().fixed64(3, 0).fixed64(3, 0).fixed64(4, 0).fixed64(4, 0).fixed64(4, 0);
        assertThrows(FormatException.class, () -> AggregationCodec.decode(few.toBytes()));
        var many = new ProtoWriter();
        for (int i = 0; i < 5; i++) {
            many.fixed64(3, bits(i)).fixed64(4, bits(i));
        }
        assertEquals(new Values(0, 1, 2), AggregationCodec.decode(many.toBytes()).share().means());
    }

    @Test
    void aMessageOneByteTooLongIsRefusedAndFieldsFromTheFutureAreSkipped() throws FormatException {
        int limit = AggregationCodec.MAX_MESSAGE;
        assertNull(AggregationCodec.decode(padded(limit)).share());
        assertThrows(FormatException.class, () -> AggregationCodec.decode(padded(limit + 1)));
    }

    private static byte[] padded(int length) {
        return new ProtoWriter().bytes(15, new byte[length - 3]).toBytes();
    }

    private static byte[] epoch(long epoch, long left) {
        return new ProtoWriter().uint(1, epoch).uint(2, left).toBytes();
    }

    private static byte[] message(int field, int place, double value) {
        return values(field, place, value).toBytes();
    }

    private static ProtoWriter values(int field, int place, double value) {
        var out = new ProtoWriter().uint(1, 1);
        for (int i = 0; i < 3; i++) {
            out.fixed64(3, field == 3 && place == i ? bits(value) : 0);
            out.fixed64(4, field == 4 && place == i ? bits(value) : 0);
        }
        return out;
    }

    private static byte[] instances(long[] leaders, double value) {
        ProtoWriter out = values(0, 0, 0);
        for (long leader : leaders) {
            out.message(5, new ProtoWriter().fixed64(1, leader).fixed64(2, bits(value)));
        }
        return out.toBytes();
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }
}
