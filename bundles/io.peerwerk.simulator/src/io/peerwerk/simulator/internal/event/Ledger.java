// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.util.Arrays;

import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.simulator.internal.cycle.Population;

/** What the peers of one lane told about others that was wrong, and who was found dead. One thread at a time. */
final class Ledger {

    private final Population population;
    private final Identities identities;
    private long falseSuspicions;
    private long falseDeaths;
    private long[] found = new long[64];
    private int count;

    /** Hears of a peer that was found dead, and is so. */
    @FunctionalInterface
    interface Finder {
        void found(int peer, int at);
    }

    Ledger(World world) {
        this.population = world.population();
        this.identities = world.identities();
    }

    void told(Member member, long now) {
        if (member.state() != MemberState.DEAD && member.state() != MemberState.SUSPECT) {
            return;
        }
        int peer = identities.number(member.id());
        boolean up = population.isUp(peer);
        if (member.state() == MemberState.SUSPECT) {
            falseSuspicions += up ? 1 : 0;
        } else if (up) {
            falseDeaths++;
        } else {
            if (count == found.length) {
                found = Arrays.copyOf(found, 2 * count);
            }
            found[count++] = (long) peer << 32 | now;
        }
    }

    long falseSuspicions() {
        return falseSuspicions;
    }

    long falseDeaths() {
        return falseDeaths;
    }

    /** Tells who was found since the last time. */
    void drain(Finder finder) {
        for (int i = 0; i < count; i++) {
            finder.found((int) (found[i] >>> 32), (int) found[i]);
        }
        count = 0;
    }
}
