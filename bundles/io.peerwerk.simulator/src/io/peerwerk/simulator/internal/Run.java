// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal;

import java.util.Map;

import io.peerwerk.simulator.Quantity;

/** One simulation under way, whatever its mode. One thread. */
public interface Run extends AutoCloseable {

    /** Goes on until this time, in cycles or milliseconds. */
    void advance(long time);

    /** What has been done so far, see {@link io.peerwerk.simulator.Outcome#turns}. */
    long turns();

    int up();

    /** What is to be seen now. */
    Map<Quantity, Double> observe();

    @Override
    void close();
}
