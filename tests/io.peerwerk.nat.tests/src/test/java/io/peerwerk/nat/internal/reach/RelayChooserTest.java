// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.nat.Reach;
import io.peerwerk.nat.internal.reach.RelayChooser.Action;
import io.peerwerk.nat.internal.reach.RelayChooser.Relay;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RelayChooserTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final Relay NEAR = relay("a", 10);
    private static final Relay NEAR_TOO = relay("a", 20);
    private static final Relay FAR = relay("b", 90);

    private final RelayChooser chooser = new RelayChooser(2);

    private static Relay relay(String network, int millis) {
        return new Relay(Identity.generate(new SecureRandom()).id(), Multiaddr.of("/ip4/11.1.1.1/tcp/4001"), network,
                Duration.ofMillis(millis));
    }

    private Optional<Action> next(Reach reach) {
        return chooser.next(reach, List.of(FAR, NEAR_TOO, NEAR), START);
    }

    @Test
    void onlyAPrivatePeerWantsRelays() {
        assertEquals(Optional.empty(), next(Reach.UNKNOWN));
        assertEquals(Optional.empty(), next(Reach.PUBLIC));
        assertEquals(Optional.of(new Action.Listen(NEAR)), next(Reach.PRIVATE));
    }

    @Test
    void theNearestComesFirstThenOneOnAnotherNetwork() {
        chooser.listening(NEAR);
        assertEquals(Optional.of(new Action.Listen(FAR)), next(Reach.PRIVATE));
        chooser.listening(FAR);
        assertEquals(Optional.empty(), next(Reach.PRIVATE), "two are enough");
    }

    @Test
    void aRelayOfTheSameNetworkIsBetterThanNone() {
        chooser.listening(NEAR);
        assertEquals(Optional.of(new Action.Listen(NEAR_TOO)),
                chooser.next(Reach.PRIVATE, List.of(NEAR, NEAR_TOO), START));
    }

    @Test
    void oneThatRefusesRestsLongerEachTime() {
        chooser.failed(NEAR.peer(), START);
        assertEquals(Optional.empty(), chooser.next(Reach.PRIVATE, List.of(NEAR), START));
        Instant rested = START.plus(RelayChooser.FIRST_REST);
        assertTrue(chooser.next(Reach.PRIVATE, List.of(NEAR), rested).isPresent());
        chooser.failed(NEAR.peer(), rested);
        assertFalse(chooser.next(Reach.PRIVATE, List.of(NEAR), rested.plus(RelayChooser.FIRST_REST)).isPresent());
    }

    @Test
    void oneThatIsLostIsReplaced() {
        chooser.listening(NEAR);
        chooser.listening(FAR);
        chooser.failed(NEAR.peer(), START);
        assertEquals(Optional.of(new Action.Listen(NEAR_TOO)), next(Reach.PRIVATE));
    }

    @Test
    void aPublicPeerGivesItsRelaysBackAndAnUnsureOneKeepsThem() {
        chooser.listening(NEAR);
        assertEquals(Optional.empty(), next(Reach.UNKNOWN));
        assertEquals(Optional.of(new Action.Drop(NEAR.peer())), next(Reach.PUBLIC));
        chooser.dropped(NEAR.peer());
        assertEquals(Optional.empty(), next(Reach.PUBLIC));
    }

    @Property(tries = 300)
    void thereAreNeverMoreThanAreWanted(@ForAll List<Integer> events) {
        var any = new RelayChooser(2);
        Instant now = START;
        for (int event : events) {
            Reach reach = Reach.values()[Math.floorMod(event, 3)];
            Optional<Action> action = any.next(reach, List.of(NEAR, NEAR_TOO, FAR), now);
            if (action.isPresent()) {
                switch (action.get()) {
                    case Action.Listen listen when event % 2 == 0 -> any.listening(listen.relay());
                    case Action.Listen listen -> any.failed(listen.relay().peer(), now);
                    case Action.Drop drop -> any.dropped(drop.relay());
                }
            }
            assertTrue(any.used().size() <= 2);
            assertTrue(Set.of(NEAR.peer(), NEAR_TOO.peer(), FAR.peer()).containsAll(any.used().keySet()));
            now = now.plusSeconds(Math.floorMod(event, 1000));
        }
    }
}
