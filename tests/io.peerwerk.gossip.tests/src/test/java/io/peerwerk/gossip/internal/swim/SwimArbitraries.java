// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.List;
import java.util.Set;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.Role;
import io.peerwerk.gossip.virtual.Peers;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Messages of any content about a few dozen peers. */
final class SwimArbitraries {

    private SwimArbitraries() {
    }

    static Arbitrary<Card> cards(Arbitrary<Integer> ids, Arbitrary<Long> incarnations) {
        Arbitrary<List<Multiaddr>> addresses = Arbitraries.integers().between(0, 1 << 20).map(Peers::address)
                .list().uniqueElements().ofMaxSize(Member.MAX_ADDRESSES);
        Arbitrary<Long> offers = Arbitraries.longs().between(0, Long.MAX_VALUE);
        Arbitrary<Set<Role>> roles = Arbitraries.of(Role.class).set();
        return Combinators.combine(ids, incarnations, addresses, offers, roles, Arbitraries.of(false, false, true))
                .as((id, incarnation, at, offer, plays, left) ->
                        Card.seal(Peers.identity(id), new Card.Content(incarnation, at, offer, plays, left)));
    }

    static Arbitrary<Rumour> rumours(int peers, Arbitrary<Long> incarnations) {
        Arbitrary<Card> cards = cards(Arbitraries.integers().between(0, peers - 1), incarnations);
        Arbitrary<List<Long>> accusers = Arbitraries.longs().list().ofMaxSize(Rumour.MAX_ACCUSERS);
        return Combinators.combine(cards, Arbitraries.of(MemberState.class), Arbitraries.of(true, false), accusers)
                .as((card, state, full, accused) -> new Rumour(card.id(), state, card.incarnation(),
                        full ? card.sealed() : null, accused));
    }

    static Arbitrary<Sender> senders(int from, Arbitrary<Long> incarnations) {
        return Combinators.combine(cards(Arbitraries.just(from), incarnations), Arbitraries.of(true, false),
                incarnations).as((card, full, known) ->
                        new Sender(card.id(), card.incarnation(), full ? card : null, known));
    }

    static Arbitrary<SwimMessage.Request> requests(int from, int peers, Arbitrary<Long> incarnations) {
        Arbitrary<List<Rumour>> news = rumours(peers, incarnations).list().ofMaxSize(20);
        return Combinators.combine(senders(from, incarnations), news, Arbitraries.integers().between(0, 3),
                Arbitraries.integers().between(0, peers), Arbitraries.longs())
                .as((sender, rumours, kind, target, salt) -> switch (kind) {
                    case 0 -> new SwimMessage.Ping(sender, rumours);
                    case 1 -> new SwimMessage.PingOther(sender, Peers.id(target), rumours);
                    case 2 -> new SwimMessage.Sync(sender, salt, ~salt, rumours);
                    default -> new SwimMessage.Fetch(sender, List.of(Peers.id(target), Peers.id(0)), rumours);
                });
    }
}
