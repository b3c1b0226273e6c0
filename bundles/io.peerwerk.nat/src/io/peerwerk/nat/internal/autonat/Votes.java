// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.peerwerk.nat.Reach;

/**
 * What others say about one thing: the latest word of each voter, of the last few of them. Those for less those against
 * must reach a number before it counts, so that no single voter, however often asked, decides; and since a voter is a
 * network rather than a peer, neither do many peers of one owner. Old words are forgotten. Not thread-safe.
 */
final class Votes {

    /** How sure one can be at most: the margin beyond which more votes add nothing. */
    static final int MAX_CONFIDENCE = 3;

    /** Voters that are remembered; so many that one contrary word does not undo full confidence. */
    private static final int WINDOW = MAX_CONFIDENCE + 2;

    private record Vote(boolean reached, Instant at) {
    }

    private final int needed;
    private final Duration lifetime;
    private final Map<String, Vote> votes = new LinkedHashMap<>();

    /**
     * @param needed   the margin from which on it counts, 1 to {@value #MAX_CONFIDENCE}
     * @param lifetime how long a word counts
     */
    Votes(int needed, Duration lifetime) {
        this.needed = needed;
        this.lifetime = lifetime;
    }

    /** Somebody says something; what they said before no longer counts. */
    void add(String voter, boolean reached, Instant now) {
        forget(now);
        votes.remove(voter);
        votes.put(voter, new Vote(reached, now));
        if (votes.size() > WINDOW) {
            votes.remove(votes.keySet().iterator().next());
        }
    }

    /** What it comes to. */
    Reach reach(Instant now) {
        forget(now);
        int margin = margin();
        return margin >= needed ? Reach.PUBLIC : margin <= -needed ? Reach.PRIVATE : Reach.UNKNOWN;
    }

    /** How sure that is, 0 to {@value #MAX_CONFIDENCE}. */
    int confidence(Instant now) {
        forget(now);
        return Math.min(MAX_CONFIDENCE, Math.abs(margin()));
    }

    /** When a voter has said what it says; long ago if it never did, or that is forgotten. */
    Instant heard(String voter) {
        Vote vote = votes.get(voter);
        return vote == null ? Instant.MIN : vote.at();
    }

    private int margin() {
        return votes.values().stream().mapToInt(vote -> vote.reached() ? 1 : -1).sum();
    }

    private void forget(Instant now) {
        votes.values().removeIf(vote -> !vote.at().plus(lifetime).isAfter(now));
    }
}
