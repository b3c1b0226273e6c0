// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.simulation;

import java.io.IOException;

import org.eclipse.osgi.util.NLS;

import io.peerwerk.simulator.Scenario;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.widgets.AccessibleName;

/**
 * What the user has typed; what is empty is as the scenario says.
 *
 * @param length in cycles, or in seconds where the scenario counts them
 */
record Wish(String peers, String length, String seed) {
    /** So many rows a scenario has that tells none but its last one. */
    private static final long ROWS = 50;
    /** More rows are neither kept nor looked at. */
    private static final long MOST_ROWS = 20_000;
    private static final long MILLIS = 1000;

    private static final int MOST_OF_EVENTS = 20_000;
    private static final int MOST_OF_SWIM = 1_000;

    /** Nothing but what the scenario says. */
    static final Wish NONE = new Wish("", "", ""); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$

    /**
     * So many peers can be asked for here. In cycles a peer is a few numbers in arrays that are there or not; in events it
     * is objects, and with SWIM it may know all others: more of them would take the memory of the whole workbench and
     * could not be stopped while they are made. The command line has a process of its own for that.
     */
    static int mostPeers(Scenario scenario) {
        boolean eachKnowsAll = scenario.protocol() == Scenario.Protocol.SWIM && scenario.settings().watched() == 0;
        return counts(scenario) ? Scenario.MAX_PEERS : eachKnowsAll ? MOST_OF_SWIM : MOST_OF_EVENTS;
    }

    private static int usualPeers(Scenario scenario) {
        return Math.min(scenario.peers(), mostPeers(scenario));
    }

    /** What a scenario says, as it would be typed; of peers as many as can be had here. */
    static Wish of(Scenario scenario) {
        return new Wish(Integer.toString(usualPeers(scenario)),
                Long.toString(counts(scenario) ? scenario.length() : scenario.length() / MILLIS), Long.toString(scenario.seed()));
    }

    /** Whether a scenario counts cycles rather than time. */
    static boolean counts(Scenario scenario) {
        return scenario.mode() == Scenario.Mode.CYCLES;
    }

    /**
     * The scenario as wished, with rows to draw.
     *
     * @throws IOException with a sentence for people, if something is no number or out of its range
     */
    Scenario of(Scenario scenario, String peersLabel, String lengthLabel, String seedLabel) throws IOException {
        Scenario wished = scenario.withPeers((int) number(peers, usualPeers(scenario), 2, mostPeers(scenario), peersLabel));
        long unit = counts(scenario) ? 1 : MILLIS;
        if (!length.isBlank()) {
            wished = wished.withLength(unit * number(length, 1, 1, Integer.MAX_VALUE, lengthLabel));
        }
        wished = wished.withSeed(number(seed, scenario.seed(), Long.MIN_VALUE, Long.MAX_VALUE, seedLabel));
        long every = wished.observeEvery() > 0 ? wished.observeEvery() : Math.max(1, wished.length() / ROWS);
        return wished.withObserveEvery(Math.max(every, wished.length() / MOST_ROWS));
    }

    private static long number(String text, long otherwise, long least, long most, String label) throws IOException {
        if (text.isBlank()) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IOException(NLS.bind(Messages.Simulation_notNumber, new Object[] {AccessibleName.plain(label),
            Figures.count(least), Figures.count(most), Figures.plain(text.strip())}));
    }
}
