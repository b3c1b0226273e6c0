// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.util.Arrays;

/** When peers crashed, who found it first, and how many did. */
final class Crashes {

    private static final int NEVER = -1;

    /** By the peer's number, in milliseconds. */
    private int[] crashed = new int[0];
    private int[] noticed = new int[0];
    private int[] finders = new int[0];

    void crashed(int peer, long at) {
        if (peer >= crashed.length) {
            int before = crashed.length;
            int after = Math.max(peer + 1, before + before / 2 + 64);
            crashed = Arrays.copyOf(crashed, after);
            noticed = Arrays.copyOf(noticed, after);
            finders = Arrays.copyOf(finders, after);
            Arrays.fill(crashed, before, after, NEVER);
            Arrays.fill(noticed, before, after, NEVER);
        }
        crashed[peer] = (int) at;
    }

    void found(int peer, int at) {
        noticed[peer] = noticed[peer] == NEVER ? at : Math.min(noticed[peer], at);
        finders[peer]++;
    }

    /** The average time until the first one found a crash, in milliseconds; NaN if none was found. */
    double firstAfter() {
        double sum = 0;
        int count = 0;
        for (int peer = 0; peer < crashed.length; peer++) {
            if (noticed[peer] != NEVER) {
                sum += noticed[peer] - crashed[peer];
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /**
     * Of those who watched peers that crashed up to a time, who have found it, percent; NaN where nobody crashed.
     *
     * @param unaware by the peer's number, those who still have it for one of theirs
     */
    double share(int[] unaware, long until) {
        long aware = 0;
        long not = 0;
        for (int peer = 0; peer < crashed.length; peer++) {
            if (crashed[peer] != NEVER && crashed[peer] <= until) {
                aware += finders[peer];
                not += unaware[peer];
            }
        }
        return aware + not == 0 ? Double.NaN : 100.0 * aware / (aware + not);
    }
}
