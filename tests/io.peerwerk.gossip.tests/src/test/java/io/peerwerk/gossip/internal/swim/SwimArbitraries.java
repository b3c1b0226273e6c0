// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.List;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.virtual.Peers;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Messages of any content about a few dozen peers. */
final class SwimArbitraries {

    private SwimArbitraries() {
    }

    static Arbitrary<Rumour> rumours(int peers, Arbitrary<Long> incarnations) {
        Arbitrary<Integer> ids = Arbitraries.integers().between(0, peers - 1);
        Arbitrary<List<Multiaddr>> addresses = Arbitraries.integers().between(0, 1 << 20).map(Peers::address)
                .list().uniqueElements().ofMaxSize(Member.MAX_ADDRESSES);
        Arbitrary<Long> offers = Arbitraries.longs().between(0, Long.MAX_VALUE);
        return Combinators.combine(ids, incarnations, addresses, offers, Arbitraries.of(MemberState.class))
                .as((id, incarnation, at, offer, state) ->
                        new Rumour(new Card(Peers.id(id), incarnation, at, offer), state));
    }

    static Arbitrary<SwimMessage.Request> requests(int from, int peers, Arbitrary<Long> incarnations) {
        Arbitrary<Rumour> senders = rumours(peers, incarnations).map(rumour -> new Rumour(
                new Card(Peers.id(from), rumour.incarnation(), rumour.card().addresses(), rumour.card().offer()),
                rumour.state() == MemberState.LEFT ? MemberState.LEFT : MemberState.ALIVE));
        Arbitrary<List<Rumour>> news = rumours(peers, incarnations).list().ofMaxSize(20);
        return Combinators.combine(senders, news, Arbitraries.integers().between(0, 2),
                Arbitraries.integers().between(0, peers))
                .as((sender, rumours, kind, target) -> switch (kind) {
                    case 0 -> new SwimMessage.Ping(sender, rumours);
                    case 1 -> new SwimMessage.PingOther(sender, Peers.id(target), rumours);
                    default -> new SwimMessage.Sync(sender, rumours);
                });
    }
}
