// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.fixtures.Untrusted;
import io.peerwerk.storage.internal.exchange.Answers.PutResult;
import io.peerwerk.storage.internal.exchange.BlockRequest.Kind;
import io.peerwerk.storage.internal.exchange.BlockRequest.Ref;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static List<Ref> refs(int count, int length) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Ref(Cid.raw(new byte[] {(byte) i, (byte) (i >> 8)}), length)).toList();
    }

    @Property(tries = 100)
    void aRequestIsReadAsItWasWritten(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = Limits.MAX_BATCH) int count,
            @ForAll @IntRange(max = 100_000) int length) throws FormatException {
        BlockRequest request = new BlockRequest(kind, refs(count, kind == Kind.PUT ? length : 0));
        assertEquals(request, BlockRequest.parse(request.toBytes()));
    }

    @Property(tries = 500)
    void anyBytesAreAMessageOrAreRefused(@ForAll byte[] bytes) {
        Untrusted.read(() -> BlockRequest.parse(bytes));
        Untrusted.read(() -> Answers.parseResults(bytes, 3));
        Untrusted.read(() -> Answers.parseBits(bytes, 9));
        Untrusted.read(() -> Answers.parseBlockHead(bytes));
    }

    @Property(tries = 100)
    void resultsAreReadAsTheyWereWritten(@ForAll @Size(max = 64) List<PutResult> results) throws FormatException {
        assertEquals(results, Answers.parseResults(Answers.results(results), results.size()));
        assertThrows(FormatException.class, () -> Answers.parseResults(Answers.results(results), results.size() + 1));
    }

    @Property(tries = 100)
    void bitsAreReadAsTheyWereWritten(@ForAll @IntRange(max = 4096) int count, @ForAll long seed)
            throws FormatException {
        BitSet bits = new BitSet();
        new Random(seed).ints(count, 0, Math.max(1, count)).forEach(bits::set);
        assertEquals(bits, Answers.parseBits(Answers.bits(bits), count));
    }

    @Test
    void eachLimitIsTheLastThatIsAccepted() throws FormatException {
        BlockRequest.parse(new BlockRequest(Kind.HAVE, refs(Limits.MAX_HAVE, 0)).toBytes());
        assertRefused(Kind.HAVE, refs(Limits.MAX_HAVE + 1, 0));
        BlockRequest.parse(new BlockRequest(Kind.GET, refs(Limits.MAX_BATCH, 0)).toBytes());
        assertRefused(Kind.GET, refs(Limits.MAX_BATCH + 1, 0));
        BlockRequest.parse(new BlockRequest(Kind.PUT, refs(4, Limits.MAX_PUT_BYTES / 4)).toBytes());
        assertRefused(Kind.PUT, refs(5, Limits.MAX_PUT_BYTES / 4));
        BlockRequest.parse(new BlockRequest(Kind.PUT, refs(1, Limits.MAX_BLOCK)).toBytes());
        assertRefused(Kind.PUT, refs(1, Limits.MAX_BLOCK + 1));
        assertRefused(Kind.PUT, List.of());
        assertTrue(new BlockRequest(Kind.HAVE, refs(Limits.MAX_HAVE, 0)).toBytes().length <= Limits.MAX_REQUEST);
    }

    private static void assertRefused(Kind kind, List<Ref> refs) {
        assertThrows(FormatException.class, () -> BlockRequest.parse(new BlockRequest(kind, refs).toBytes()));
    }

    @Test
    void anUnknownKindAndANegativeLengthAreRefused() {
        byte[] cid = Cid.raw(new byte[1]).toBytes();
        byte[] unknown = new ProtoWriter().uint(1, 9).message(2, new ProtoWriter().bytes(1, cid)).toBytes();
        assertThrows(FormatException.class, () -> BlockRequest.parse(unknown));
        byte[] negative = new ProtoWriter().uint(1, 1)
                .message(2, new ProtoWriter().bytes(1, cid).uint(2, -1)).toBytes();
        assertThrows(FormatException.class, () -> BlockRequest.parse(negative));
        assertThrows(FormatException.class,
                () -> Answers.parseBlockHead(new ProtoWriter().bool(1, true).uint(2, -5).toBytes()));
        assertThrows(FormatException.class,
                () -> Answers.parseBlockHead(new ProtoWriter().bool(1, true).uint(2, Limits.MAX_BLOCK + 1).toBytes()));
    }

    @Test
    void anAnswerAboutMoreThanWasAskedIsRefused() {
        BitSet ten = new BitSet();
        ten.set(9);
        assertThrows(FormatException.class, () -> Answers.parseBits(Answers.bits(ten), 9));
        assertThrows(FormatException.class, () -> Answers.parseBits(Answers.bits(ten), 5));
    }

    @Test
    void aResultOfANewerVersionCountsAsAFailure() throws FormatException {
        byte[] answer = new ProtoWriter().bytes(1, new byte[] {1, 77, 0}).toBytes();
        assertEquals(List.of(PutResult.STORED, PutResult.FAILED, PutResult.FAILED), Answers.parseResults(answer, 3));
    }
}
