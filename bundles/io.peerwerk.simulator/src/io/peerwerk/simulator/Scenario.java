// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator;

import java.util.Locale;

/**
 * What is simulated. Times are cycles or milliseconds, by the mode.
 *
 * @param name for people
 * @param protocol that the peers run
 * @param mode how time goes
 * @param peers at the start
 * @param length of the simulation
 * @param observeEvery time between two rows; 0 for one at the end only
 * @param seed everything random comes from
 * @param settings of the protocol
 * @param conditions that it runs under
 */
public record Scenario(String name, Protocol protocol, Mode mode, int peers, long length, long observeEvery, long seed,
        Settings settings, Conditions conditions) {

    /** The most peers that can be asked for. Memory bounds them earlier, most of the time. */
    public static final int MAX_PEERS = 1 << 24;

    /** What peers run. */
    public enum Protocol {
        NEWSCAST, CYCLON, SWIM
    }

    /** How time goes. */
    public enum Mode {
        /** Each peer acts once a cycle, and an exchange happens at once. */
        CYCLES,
        /** Messages take milliseconds on a virtual clock. */
        EVENTS
    }

    /** Whom peers know when they start. */
    public enum Start {
        /** As many random peers as a view holds. */
        RANDOM,
        /** All know the first peer only. */
        STAR,
        /** Each knows one that started before it. */
        TREE
    }

    /**
     * Of the protocol.
     *
     * @param viewSize neighbours a peer keeps
     * @param periodMillis time between two rounds of a peer; without meaning in cycles
     * @param start whom peers know at first
     * @param watched members that a peer with SWIM watches at most; 0 where each watches all
     */
    public record Settings(int viewSize, long periodMillis, Start start, int watched) {

        /** Where each watches all. */
        public Settings(int viewSize, long periodMillis, Start start) {
            this(viewSize, periodMillis, start, 0);
        }
    }

    public Scenario {
        if (peers < 2 || peers > MAX_PEERS) {
            throw new IllegalArgumentException("peers must be 2 to " + MAX_PEERS);
        }
        if (length < 1 || observeEvery < 0) {
            throw new IllegalArgumentException("a simulation must last");
        }
        if (mode == Mode.CYCLES && protocol != Protocol.NEWSCAST) {
            throw new IllegalArgumentException(protocol.name().toLowerCase(Locale.ROOT)
                    + " runs with mode = events only");
        }
        if (settings.watched() > 0 && protocol != Protocol.SWIM) {
            throw new IllegalArgumentException("'watch' goes with protocol = swim only");
        }
    }

    public Scenario withPeers(int count) {
        return new Scenario(name, protocol, mode, count, length, observeEvery, seed, settings, conditions);
    }

    /** @param time in cycles or milliseconds, by the mode */
    public Scenario withLength(long time) {
        return new Scenario(name, protocol, mode, peers, time, observeEvery, seed, settings, conditions);
    }

    /** @param time between two rows, in cycles or milliseconds, by the mode */
    public Scenario withObserveEvery(long time) {
        return new Scenario(name, protocol, mode, peers, length, time, seed, settings, conditions);
    }

    public Scenario withSeed(long number) {
        return new Scenario(name, protocol, mode, peers, length, observeEvery, number, settings, conditions);
    }
}
