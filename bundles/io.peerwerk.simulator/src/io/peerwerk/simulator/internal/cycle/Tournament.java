// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.cycle;

/**
 * The order in which regions of peers meet: every region meets every other one and itself, in rounds in which each has
 * one date at most. What happens at the dates of one round can therefore happen at the same time. The schedule is the
 * circle method of chess tournaments; with an odd number of regions one has a free round in turn.
 */
final class Tournament {

    private final int regions;
    private final int even;

    Tournament(int regions) {
        this.regions = regions;
        this.even = regions + regions % 2;
    }

    /** The last one is that in which every region meets itself. */
    int rounds() {
        return even;
    }

    int dates(int round) {
        return round == even - 1 ? regions : even / 2;
    }

    int first(int round, int date) {
        if (round == even - 1) {
            return date;
        }
        return date == 0 ? round : (round + date) % (even - 1);
    }

    /** May be no region at all (not below their number), in which case nobody meets there. */
    int second(int round, int date) {
        if (round == even - 1) {
            return date;
        }
        return date == 0 ? even - 1 : (round - date + even - 1) % (even - 1);
    }
}
