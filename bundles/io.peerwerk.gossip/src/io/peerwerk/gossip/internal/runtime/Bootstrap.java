// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.transport.Host;

/**
 * Knocks at the addresses that the user gave, until somebody is known; and again, rarely, while the peer behind an
 * address is not among the members, which may mean that there are two networks where there should be one. Lives on the
 * loop.
 */
final class Bootstrap {

    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

    /** Addresses that are tried, at most. */
    static final int MAX_ADDRESSES = 256;

    private static final int LONGEST_PAUSE_IN_PERIODS = 30;

    private final Host host;
    private final Loop loop;
    private final Directory directory;
    private final RandomGenerator random;
    private final long period;
    private final Consumer<Contact> found;
    private final List<Door> doors = new ArrayList<>();

    /** @param found gets those who opened, on the loop */
    Bootstrap(Host host, Loop loop, Directory directory, RandomGenerator random, Duration period,
            Consumer<Contact> found) {
        this.host = host;
        this.random = random;
        this.loop = loop;
        this.directory = directory;
        this.period = period.toMillis();
        this.found = found;
    }

    /** One address, and who is behind it as far as that is known. */
    private final class Door {
        final Multiaddr address;
        @Nullable PeerId peer;
        long pause = period;

        Door(Multiaddr address) {
            this.address = address;
            this.peer = address.peer().orElse(null);
        }
    }

    void add(Collection<Multiaddr> addresses) {
        for (Multiaddr address : addresses) {
            boolean isNew = doors.stream().noneMatch(door -> door.address.equals(address));
            boolean isOwn = address.peer().filter(host.id()::equals).isPresent();
            if (isNew && !isOwn && doors.size() < MAX_ADDRESSES) {
                var door = new Door(address);
                doors.add(door);
                look(door);
            }
        }
    }

    private void look(Door door) {
        if (isNeeded(door)) {
            Thread.ofVirtual().name("gossip-bootstrap").start(() -> knock(door));
        } else {
            door.pause = period;
            loop.after(period, () -> look(door));
        }
    }

    private boolean isNeeded(Door door) {
        return directory.isAlone()
                || door.peer == null
                || directory.find(door.peer).map(Member::state).filter(state -> state.isReachable()).isEmpty();
    }

    /** Waits for the outcome, so not on the loop. */
    private void knock(Door door) {
        try {
            PeerId peer = host.connect(door.address).peer();
            loop.run(() -> {
                door.peer = peer;
                found.accept(new Contact(peer, List.of(door.address.withoutPeer())));
                lookAgainLater(door);
            });
        } catch (IOException e) {
            LOG.debug("bootstrap peer {} does not answer: {}", door.address, e.getMessage());
            loop.run(() -> lookAgainLater(door));
        }
    }

    private void lookAgainLater(Door door) {
        long wait = Math.max(1, door.pause / 2 + random.nextLong(door.pause + 1));
        door.pause = Math.min(2 * door.pause, LONGEST_PAUSE_IN_PERIODS * period);
        loop.after(wait, () -> look(door));
    }
}
