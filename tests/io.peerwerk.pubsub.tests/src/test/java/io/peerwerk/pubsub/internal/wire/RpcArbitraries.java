// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.wire;

import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.Peers;
import io.peerwerk.pubsub.internal.wire.Rpc.Control;
import io.peerwerk.pubsub.internal.wire.Rpc.Exchanged;
import io.peerwerk.pubsub.internal.wire.Rpc.IHave;
import io.peerwerk.pubsub.internal.wire.Rpc.Prune;
import io.peerwerk.pubsub.internal.wire.Rpc.Subscription;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Records of every kind. */
final class RpcArbitraries {

    private static final List<PeerId> SOME = Peers.ids(5);

    private RpcArbitraries() {
    }

    static Arbitrary<Rpc> rpcs() {
        return Combinators.combine(subscriptions().list().ofMaxSize(5), messages().list().ofMaxSize(4), controls())
                .as(Rpc::new);
    }

    private static Arbitrary<String> topics() {
        return Arbitraries.strings().ofMaxLength(WireLimits.MAX_TOPIC / 4);
    }

    private static Arbitrary<Subscription> subscriptions() {
        return Combinators.combine(topics(), Arbitraries.of(true, false)).as(Subscription::new);
    }

    private static Arbitrary<byte[]> bytes(int max) {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(max);
    }

    private static Arbitrary<Message> messages() {
        return Combinators.combine(bytes(WireLimits.MAX_PEER).injectNull(0.2), bytes(300).injectNull(0.2),
                bytes(9).injectNull(0.2), topics(), bytes(64).injectNull(0.2), bytes(40).injectNull(0.2))
                .as((from, data, sequence, topic, signature, key) -> {
                    var parts = new Message.Parts();
                    parts.from = from;
                    parts.data = data;
                    parts.sequence = sequence;
                    parts.topic = topic;
                    parts.signature = signature;
                    parts.key = key;
                    return parts.toMessage();
                });
    }

    private static Arbitrary<List<MessageId>> ids() {
        return bytes(100).map(MessageId::of).list().ofMaxSize(6);
    }

    private static Arbitrary<Control> controls() {
        Arbitrary<Exchanged> exchanged = Combinators.combine(Arbitraries.of(SOME), bytes(50).map(Sealed::new))
                .as(Exchanged::new);
        Arbitrary<Prune> prunes = Combinators.combine(topics(), exchanged.list().ofMaxSize(3), Arbitraries.longs())
                .as(Prune::new);
        return Combinators.combine(Combinators.combine(topics(), ids()).as(IHave::new).list().ofMaxSize(3), ids(),
                topics().list().ofMaxSize(3), prunes.list().ofMaxSize(3), ids()).as(Control::new);
    }
}
