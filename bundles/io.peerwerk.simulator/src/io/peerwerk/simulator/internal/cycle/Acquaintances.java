// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.cycle;

import io.peerwerk.simulator.Scenario.Settings;

/** Whom peers know when they start. It depends on the seed and the peer alone. */
public final class Acquaintances {

    /** A time for {@link Draws} that is none. */
    private static final long START = -5;

    private final Settings settings;
    private final int peers;
    private final Draws draws;
    private final int[] contacts;

    /** @param peers that start with the simulation */
    public Acquaintances(Settings settings, int peers, long seed) {
        this.settings = settings;
        this.peers = peers;
        this.draws = new Draws(seed);
        this.contacts = new int[settings.viewSize()];
    }

    /** The contacts that the last call found. */
    public int[] contacts() {
        return contacts;
    }

    /** Finds the contacts of one of the first peers; gives how many. */
    public int ofFirst(int peer) {
        draws.at(START, peer);
        return switch (settings.start()) {
            case RANDOM -> random(peer);
            case STAR -> one(peer == 0 ? 1 : 0);
            case TREE -> one(peer == 0 ? 1 : draws.nextInt(peer));
        };
    }

    /** Finds the contact of a newcomer, one that is up, which it is not itself; gives how many. */
    public int ofNewcomer(int peer, Population population) {
        if (population.up() < 2) {
            return 0;
        }
        draws.at(START, peer);
        int contact = peer;
        while (contact == peer) {
            contact = population.draw(draws);
        }
        return one(contact);
    }

    private int one(int contact) {
        contacts[0] = contact;
        return 1;
    }

    private int random(int peer) {
        int wanted = Math.min(contacts.length, peers - 1);
        int count = 0;
        while (count < wanted) {
            int contact = draws.nextInt(peers);
            if (contact != peer && !isAmong(contact, count)) {
                contacts[count++] = contact;
            }
        }
        return count;
    }

    private boolean isAmong(int contact, int count) {
        for (int i = 0; i < count; i++) {
            if (contacts[i] == contact) {
                return true;
            }
        }
        return false;
    }
}
