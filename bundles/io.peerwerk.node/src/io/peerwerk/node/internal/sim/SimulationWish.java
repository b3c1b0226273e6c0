// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.sim;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a command line asks for; what is left out is as the scenario says.
 *
 * @param scenario name of a scenario that comes with the simulator, or of a file
 * @param peers how many there are at the start
 * @param cycles how many cycles, in scenarios that count cycles; periods in others
 * @param seed of all randomness
 * @param threads to run on
 * @param plot the file for a picture, if one is wanted: .svg or .png
 */
public record SimulationWish(String scenario, OptionalInt peers, OptionalInt cycles, OptionalLong seed, int threads,
        Optional<Path> plot) {
}
