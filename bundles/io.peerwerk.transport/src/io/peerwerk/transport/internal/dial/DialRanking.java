// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.dial;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;

/**
 * In which order, and how long after the first, the addresses of a peer are dialled: happy eyeballs (RFC 8305) for
 * several transports. Where QUIC is to be had it wins, for its handshake takes one round trip less; TCP follows, then
 * WebSocket. Within a transport the first IPv6 address leads, the first IPv4 address comes one step later, the others
 * together one step after that. Addresses of the own site form a group of their own with shorter steps, dialled at the
 * same time as the public ones; relays wait until the direct ways have had their chance.
 *
 * <p>Among addresses alike in all this the given order stays: those that worked last come first.
 */
public final class DialRanking {

    /** Steps are this many times shorter where round trips are: 30 ms for 250 ms. */
    private static final int NEAR = 8;

    private static final int RELAY_STEPS = 2;
    private static final int OTHER_STEPS = 4;

    /**
     * An address and when to dial it.
     *
     * @param delay after the beginning
     */
    public record Ranked(Multiaddr address, Duration delay) {
    }

    private final Duration step;

    /** @param step the head start of one public address over the next, about a round trip */
    public DialRanking(Duration step) {
        this.step = step;
    }

    /** Each address once, in the order in which they are to be dialled. */
    public List<Ranked> rank(Collection<Multiaddr> addresses) {
        var near = new ArrayList<Multiaddr>();
        var far = new ArrayList<Multiaddr>();
        var relayed = new ArrayList<Multiaddr>();
        for (Multiaddr address : new LinkedHashSet<>(addresses)) {
            if (address.has(Protocol.P2P_CIRCUIT)) {
                relayed.add(address);
            } else {
                (AddressScope.of(address) == AddressScope.EVERYWHERE ? far : near).add(address);
            }
        }
        var ranked = new ArrayList<Ranked>();
        boolean direct = !near.isEmpty() || !far.isEmpty();
        rank(near, step.dividedBy(NEAR), Duration.ZERO, ranked);
        rank(far, step, Duration.ZERO, ranked);
        rank(relayed, step, direct ? step.multipliedBy(RELAY_STEPS) : Duration.ZERO, ranked);
        ranked.sort(Comparator.comparing(Ranked::delay));
        return ranked;
    }

    private static void rank(List<Multiaddr> group, Duration step, Duration start, List<Ranked> into) {
        Duration next = start;
        for (Way way : Way.values()) {
            List<Multiaddr> alike = inTurn(group.stream().filter(address -> Way.of(address) == way).toList());
            if (way == Way.OTHER && !next.equals(start)) {
                next = next.plus(step.multipliedBy(OTHER_STEPS - 1));
            }
            Duration base = next;
            for (int i = 0; i < alike.size(); i++) {
                Duration delay = base.plus(step.multipliedBy(Math.min(i, 2)));
                into.add(new Ranked(alike.get(i), delay));
                next = delay.plus(step);
            }
        }
    }

    /** IPv6 and IPv4 alternating for as long as there are both. */
    private static List<Multiaddr> inTurn(List<Multiaddr> addresses) {
        var six = new ArrayDeque<Multiaddr>();
        var rest = new ArrayDeque<Multiaddr>();
        addresses.forEach(address -> (address.has(Protocol.IP6) ? six : rest).add(address));
        var mixed = new ArrayList<Multiaddr>(addresses.size());
        while (!six.isEmpty() || !rest.isEmpty()) {
            if (!six.isEmpty()) {
                mixed.add(six.remove());
            }
            if (!rest.isEmpty()) {
                mixed.add(rest.remove());
            }
        }
        return mixed;
    }
}
