// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.Peers;
import io.peerwerk.pubsub.internal.wire.MessageId;
import io.peerwerk.pubsub.internal.wire.Rpc.Subscription;
import io.peerwerk.pubsub.internal.wire.RpcCodec;

/** No record of control is longer than what the strictest make takes. */
class ControlRecordsTest {

    /** What rust-libp2p takes. */
    private static final int MOST = 16_384;

    private final LoneRouter lone = new LoneRouter();

    private static MessageId id(int length, int number) {
        return MessageId.of(ByteBuffer.allocate(length).putInt(number).array());
    }

    private void assertNoneIsLongerThanIsTaken(int least) {
        List<Integer> lengths = lone.sent().map(send -> RpcCodec.encode(send.rpc()).length).toList();
        assertTrue(lengths.stream().allMatch(length -> length <= MOST), () -> "records of " + lengths);
        assertEquals(least, lengths.size());
    }

    @Test
    void manySubscriptionsAreSaidInSeveralRecords() {
        Set<Subscription> all = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String topic = "\u00E4".repeat(126) + String.format("%04d", i);
            lone.handle(new GossipsubInput.Subscribe(topic));
            all.add(new Subscription(topic, true));
        }
        PeerId peer = lone.join(false, Version.V1_2);
        assertEquals(all, lone.sent().filter(send -> send.to().equals(peer))
                .flatMap(send -> send.rpc().subscriptions().stream()).collect(Collectors.toSet()));
        assertNoneIsLongerThanIsTaken(18);
    }

    @Test
    void allThatAPeerIsAskedForIsAskedForInSeveralRecords() {
        lone.subscribed();
        PeerId peer = lone.subscriber(false);
        List<MessageId> offered = IntStream.range(0, 5_000).mapToObj(i -> id(73, i)).toList();
        lone.offer(peer, offered);
        assertEquals(new HashSet<>(offered), new HashSet<>(lone.wants(peer)));
        assertNoneIsLongerThanIsTaken(26);
    }

    @Test
    void offersThatAreLongerTogetherComeInSeveralRecordsEachWithItsTopic() {
        lone.subscribed();
        PeerId left = lone.subscriber(false);
        List<PeerId> others = new ArrayList<>(lone.subscribers(12));
        others.add(left);
        lone.beat(1);
        PeerId outside = others.stream().filter(peer -> !lone.mesh().contains(peer)).findFirst().orElseThrow();
        var author = Peers.identity();
        for (int i = 0; i < 1_000; i++) {
            lone.receive(lone.mesh().getFirst(), LoneRouter.message(author, i));
        }
        lone.beat(1);
        assertEquals(1_000, lone.offers(outside).stream().mapToInt(offer -> offer.ids().size()).sum());
        assertTrue(lone.offers(outside).stream().allMatch(offer -> offer.topic().equals(LoneRouter.TOPIC)));
        assertTrue(lone.offers(outside).size() > 1);
        assertTrue(lone.sent().allMatch(send -> RpcCodec.encode(send.rpc()).length <= MOST));
    }
}
