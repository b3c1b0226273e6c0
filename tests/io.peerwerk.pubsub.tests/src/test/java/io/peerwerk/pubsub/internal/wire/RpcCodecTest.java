// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.pubsub.internal.Peers;
import io.peerwerk.pubsub.internal.gossipsub.GossipsubOptions;
import io.peerwerk.pubsub.internal.wire.Rpc.Control;
import io.peerwerk.pubsub.internal.wire.Rpc.IHave;
import io.peerwerk.pubsub.internal.wire.Rpc.Prune;
import io.peerwerk.pubsub.internal.wire.Rpc.Subscription;

class RpcCodecTest {

    private static final MessageId ID = MessageId.of(new byte[] {1, 2, 3});

    private static Rpc repeated(int field, int times, Function<Integer, ProtoWriter> entry) throws FormatException {
        var out = new ProtoWriter();
        for (int i = 0; i < times; i++) {
            out.message(field, entry.apply(i));
        }
        return RpcCodec.decode(out.toBytes());
    }

    private static Rpc control(int field, int times, ProtoWriter entry) throws FormatException {
        var control = new ProtoWriter();
        for (int i = 0; i < times; i++) {
            control.message(field, entry);
        }
        return RpcCodec.decode(new ProtoWriter().message(3, control).toBytes());
    }

    @Test
    void theBytesAreThoseOfTheSpecification() throws FormatException {
        var rpc = new Rpc(List.of(new Subscription("t", true)), List.of(),
                new Control(List.of(new IHave("t", List.of(ID))), List.of(ID), List.of("t"),
                        List.of(new Prune("t", List.of(), 60)), List.of(ID)));
        String hex = "0a05" + "0801120174"
                + "1a24" + "0a08" + "0a0174" + "1203010203" + "1205" + "0a03010203" + "1a03" + "0a0174"
                + "2205" + "0a0174" + "183c" + "2a05" + "0a03010203";
        assertEquals(hex, HexFormat.of().formatHex(RpcCodec.encode(rpc)));
        assertEquals(rpc, RpcCodec.decode(HexFormat.of().parseHex(hex)));
    }

    @Test
    void fieldsOfLaterVersionsArePassedOver() throws FormatException {
        assertEquals(Rpc.of(Control.NONE), RpcCodec.decode(new ProtoWriter().uint(9, 1).message(17, new ProtoWriter()).toBytes()));
    }

    @Test
    void aRecordIsAsLongAsTheLimitAndNoLonger() throws FormatException {
        byte[] most = new ProtoWriter().bytes(15, new byte[WireLimits.MAX_RPC - 5]).toBytes();
        assertEquals(WireLimits.MAX_RPC, most.length);
        assertTrue(RpcCodec.decode(most).isEmpty());
        byte[] more = new ProtoWriter().bytes(15, new byte[WireLimits.MAX_RPC - 4]).toBytes();
        assertThrows(FormatException.class, () -> RpcCodec.decode(more));
    }

    @Test
    void subscriptionsAreCounted() throws FormatException {
        var entry = new ProtoWriter();
        assertEquals(WireLimits.MAX_SUBSCRIPTIONS, repeated(1, WireLimits.MAX_SUBSCRIPTIONS, i -> entry).subscriptions().size());
        assertThrows(FormatException.class, () -> repeated(1, WireLimits.MAX_SUBSCRIPTIONS + 1, i -> entry));
    }

    @Test
    void messagesAreCounted() throws FormatException {
        var entry = new ProtoWriter();
        assertEquals(WireLimits.MAX_MESSAGES, repeated(2, WireLimits.MAX_MESSAGES, i -> entry).messages().size());
        assertThrows(FormatException.class, () -> repeated(2, WireLimits.MAX_MESSAGES + 1, i -> entry));
    }

    @Test
    void theAnswerToAllThatIsAskedForInAHeartbeatMayBeOneRecord() throws FormatException {
        int asked = GossipsubOptions.standard().limits().asked();
        assertEquals(asked, repeated(2, asked, i -> new ProtoWriter()).messages().size());
    }

    @Test
    void aFieldOfAMessageThatIsTooLongSpoilsNothingElse() throws FormatException {
        for (int field : new int[] {1, 3, 5, 6}) {
            Rpc rpc = repeated(2, 2,
                    i -> new ProtoWriter().bytes(field, new byte[i == 0 ? 2_000 : 8]).string(4, "t" + i));
            assertEquals(List.of("t0", "t1"), rpc.messages().stream().map(Message::topic).toList());
        }
    }

    @Test
    void controlIsCountedInAllRecordsOfIt() throws FormatException {
        var topic = new ProtoWriter().string(1, "t");
        for (int field : new int[] {1, 3, 4}) {
            assertFalse(control(field, WireLimits.MAX_CONTROL, topic).control().isEmpty());
            assertThrows(FormatException.class, () -> control(field, WireLimits.MAX_CONTROL + 1, topic));
        }
        var half = new ProtoWriter();
        for (int i = 0; i <= WireLimits.MAX_CONTROL / 2; i++) {
            half.message(3, topic);
        }
        assertThrows(FormatException.class, () -> RpcCodec.decode(new ProtoWriter().message(3, half).message(3, half).toBytes()));
    }

    @Test
    void idsBeyondTheLimitArePassedOver() throws FormatException {
        var ids = new ProtoWriter();
        var offer = new ProtoWriter();
        for (int i = 0; i <= WireLimits.MAX_IDS; i++) {
            ids.bytes(1, new byte[] {1});
            offer.bytes(2, new byte[] {1});
        }
        assertEquals(WireLimits.MAX_IDS, control(2, 1, ids).control().iwant().size());
        assertEquals(WireLimits.MAX_IDS, control(5, 1, ids).control().idontwant().size());
        assertEquals(WireLimits.MAX_IDS, control(2, 2, ids).control().iwant().size());
        List<IHave> offers = control(1, 2, offer).control().ihave();
        assertEquals(WireLimits.MAX_IDS, offers.stream().mapToInt(o -> o.ids().size()).sum());
    }

    @Test
    void namesAndIdsHaveALength() throws FormatException {
        String most = "t".repeat(WireLimits.MAX_TOPIC);
        assertEquals(most, control(3, 1, new ProtoWriter().string(1, most)).control().graft().getFirst());
        assertThrows(FormatException.class, () -> control(3, 1, new ProtoWriter().string(1, most + "t")));
        assertThrows(FormatException.class, () -> repeated(1, 1, i -> new ProtoWriter().string(2, most + "t")));
        assertThrows(FormatException.class, () -> repeated(2, 1, i -> new ProtoWriter().string(4, most + "t")));
        byte[] id = new byte[WireLimits.MAX_ID];
        assertEquals(1, control(2, 1, new ProtoWriter().bytes(1, id)).control().iwant().size());
        assertThrows(FormatException.class, () -> control(2, 1, new ProtoWriter().bytes(1, new byte[id.length + 1])));
    }

    @Test
    void aPruneNamesSixteenPeersAndOthersArePassedOver() throws FormatException {
        var prune = new ProtoWriter().string(1, "t");
        Peers.ids(WireLimits.MAX_EXCHANGED + 1).forEach(id -> prune.message(2, new ProtoWriter().bytes(1, id.toBytes())));
        assertEquals(WireLimits.MAX_EXCHANGED, control(4, 1, prune).control().prune().getFirst().peers().size());
        assertThrows(FormatException.class, () -> control(4, 1, new ProtoWriter().message(2, new ProtoWriter().bytes(1, new byte[] {1}))));
    }

    @Test
    void aBackOffIsReadWhateverItIs() throws FormatException {
        for (long seconds : new long[] {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            assertEquals(seconds, control(4, 1, new ProtoWriter().uint(3, seconds)).control().prune().getFirst().backoffSeconds());
        }
    }

    @Test
    void aRecordWithManyMessagesHasPartsInTheOrderOfTheWhole() throws FormatException {
        List<Message> messages = repeated(2, 5, i -> new ProtoWriter().string(4, "t" + i)).messages();
        var control = new Control(List.of(), List.of(ID), List.of(), List.of(), List.of());
        var subscriptions = List.of(new Subscription("t", true));
        var whole = new Rpc(subscriptions, messages, control);
        assertEquals(List.of(whole), whole.parts(5));
        assertEquals(List.of(new Rpc(subscriptions, messages.subList(0, 2), Control.NONE),
                new Rpc(List.of(), messages.subList(2, 4), Control.NONE),
                new Rpc(List.of(), messages.subList(4, 5), control)), whole.parts(2));
        assertEquals(List.of(Rpc.of(control)), Rpc.of(control).parts(2));
    }

    @Test
    void gossipCanBeTakenOutOfARecord() {
        var all = new Rpc(List.of(), List.of(), new Control(List.of(new IHave("t", List.of(ID))), List.of(ID), List.of("t"),
                List.of(), List.of(ID)));
        assertEquals(Rpc.of(new Control(List.of(), List.of(), List.of("t"), List.of(), List.of())), all.withoutGossip());
        assertNull(Rpc.of(new Control(List.of(), List.of(ID), List.of(), List.of(), List.of())).withoutGossip());
    }
}
