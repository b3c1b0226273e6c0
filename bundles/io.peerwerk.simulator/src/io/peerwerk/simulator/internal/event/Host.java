// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.util.Map;

import io.peerwerk.simulator.Quantity;

/** Runs the peers of one protocol: carries out what they want done, and tells them what came of it. */
interface Host {

    /** A peer starts; it knows the first {@code count} of the contacts. */
    void start(int peer, int[] contacts, int count);

    /** A peer is gone without a word. */
    void crash(int peer);

    /** Adds what is to be seen of the protocol now. */
    void observe(Map<Quantity, Double> figures);
}
