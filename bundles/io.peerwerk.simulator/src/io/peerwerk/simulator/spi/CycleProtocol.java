// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.spi;

/**
 * The peers of one protocol, all of them. See the package description.
 *
 * @since 0.1
 */
public interface CycleProtocol {

    /** The steps of a cycle, for one thread. */
    CycleSteps steps();

    /** Who has whom for a neighbour; to be read between two cycles, by any thread. */
    Overlay overlay();
}
