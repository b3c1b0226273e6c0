// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;

import io.peerwerk.core.Registration;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.transport.spi.Swarm;

/** Where this host is reached: what it listens on, what was announced beside that, and where others see it. */
final class OwnAddresses {

    private final Listening listening;
    private final ObservedAddresses observed;
    private final Announcements announced;
    private final Runnable changed;

    /** @param changed runs after other peers have to be told other addresses */
    OwnAddresses(Listening listening, InstantSource clock, Runnable changed) {
        this.listening = listening;
        this.observed = new ObservedAddresses(clock);
        this.announced = new Announcements(changed);
        this.changed = changed;
    }

    List<Multiaddr> all() {
        return union(listening.addresses(), announced.all());
    }

    /** As {@link #all}, those in front that reach farthest: only some are told where there are many. */
    List<Multiaddr> advertised() {
        return union(announced.all(), listening.addresses());
    }

    private static List<Multiaddr> union(List<Multiaddr> first, List<Multiaddr> second) {
        var all = new LinkedHashSet<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    Registration listenOn(Multiaddr address) throws IOException {
        Registration registration = listening.listenOn(address);
        changed.run();
        return () -> {
            registration.close();
            changed.run();
        };
    }

    Registration announce(Multiaddr address) {
        return announced.add(address.withoutPeer());
    }

    /** Only from a port that is listened on it means something for others where a peer sees this one. */
    void seen(SwitchConnection connection, Multiaddr at) {
        Multiaddr local = connection.localAddress();
        if (!connection.relayed() && listening.covers(connection.transport(), local)) {
            observed.saw(connection, new ObservedAddresses.Sighting(local, connection.remoteAddress(),
                    connection.initiator(), at));
            if (!connection.isOpen()) {
                observed.closed(connection);
            }
        }
    }

    void closed(SwitchConnection connection) {
        observed.closed(connection);
    }

    List<Swarm.Observation> observed() {
        List<Multiaddr> bound = listening.addresses();
        return observed.all().stream().filter(o -> bound.contains(o.bound())).toList();
    }

    Swarm.Translation translation(Protocol transport) {
        return observed.translation(transport);
    }
}
