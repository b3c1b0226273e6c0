// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.node.internal.feed.Introductions.Word;

class IntroductionsTest {

    private static final Multiaddr HERE = Multiaddr.of("/ip4/192.0.2.7/tcp/4001");
    private static final Multiaddr THERE = Multiaddr.of("/ip4/192.0.2.8/tcp/4001");

    private final Introductions introductions = new Introductions(0);
    private long now;

    private static PeerId peer() {
        try (Identity identity = Identity.generate(new SecureRandom())) {
            return identity.id();
        }
    }

    private static Member member(PeerId peer, MemberState state, Multiaddr... addresses) {
        return new Member(peer, List.of(addresses), state, 1, Instant.EPOCH, null, 0);
    }

    private static Member member(PeerId peer, MemberState state) {
        return member(peer, state, HERE);
    }

    private List<Word> next() {
        return introductions.next(now);
    }

    @Test
    void aMemberIsOfferedWhenItComesAndDoubtedWhenItGoes() {
        PeerId peer = peer();
        Member alive = member(peer, MemberState.ALIVE);
        introductions.changed(null, alive);
        assertEquals(List.of(new Word(peer, List.of(HERE), true)), next());
        assertEquals(List.of(), next(), "it is told once");
        introductions.changed(alive, member(peer, MemberState.SUSPECT));
        assertEquals(List.of(), next(), "a suspect counts as reachable");
        introductions.changed(member(peer, MemberState.SUSPECT), member(peer, MemberState.DEAD));
        assertEquals(List.of(new Word(peer, List.of(HERE), false)), next());
        introductions.changed(member(peer, MemberState.DEAD), member(peer, MemberState.LEFT));
        assertEquals(List.of(), next(), "it has been gone before");
        introductions.changed(member(peer, MemberState.LEFT), alive);
        assertEquals(List.of(new Word(peer, List.of(HERE), true)), next());
    }

    @Test
    void aMemberThatMovesIsOfferedWhereItIsNow() {
        PeerId peer = peer();
        introductions.changed(member(peer, MemberState.ALIVE, HERE), member(peer, MemberState.ALIVE, THERE));
        assertEquals(List.of(new Word(peer, List.of(THERE), true)), next());
    }

    @Test
    void aStrangerThatIsKnownAsDeadFirstIsNobodysConcern() {
        introductions.changed(null, member(peer(), MemberState.DEAD));
        assertEquals(List.of(), next());
    }

    @Test
    void ofAPeerThatWaitsTheLastWordCounts() {
        spend();
        PeerId peer = peer();
        Member alive = member(peer, MemberState.ALIVE);
        introductions.changed(null, alive);
        introductions.changed(alive, member(peer, MemberState.DEAD));
        introductions.met(peer, List.of(THERE));
        now += TimeUnit.SECONDS.toNanos(1);
        assertEquals(List.of(new Word(peer, List.of(HERE), false)), next());
    }

    @Test
    void soManyAreToldAtOnceAndEachSecond() {
        IntStream.range(0, Introductions.BURST + 2 * Introductions.PER_SECOND + 1)
                .forEach(i -> introductions.met(peer(), List.of(HERE)));
        assertEquals(Introductions.BURST, next().size());
        now += TimeUnit.SECONDS.toNanos(1);
        assertEquals(Introductions.PER_SECOND, next().size());
        now += TimeUnit.SECONDS.toNanos(1);
        assertEquals(Introductions.PER_SECOND, next().size());
        now += TimeUnit.SECONDS.toNanos(1);
        assertEquals(1, next().size());
    }

    @Test
    void soManyWaitAndNoMore() {
        spend();
        IntStream.range(0, Introductions.MAX_WAITING + 1).forEach(i -> introductions.met(peer(), List.of(HERE)));
        now += TimeUnit.HOURS.toNanos(1);
        int told = 0;
        for (List<Word> words = next(); !words.isEmpty(); words = next()) {
            told += words.size();
            now += TimeUnit.HOURS.toNanos(1);
        }
        assertEquals(Introductions.MAX_WAITING, told);
    }

    /** Nobody can be told anything at this moment. */
    private void spend() {
        IntStream.range(0, Introductions.BURST).forEach(i -> introductions.met(peer(), List.of(HERE)));
        assertEquals(Introductions.BURST, next().size());
    }
}
