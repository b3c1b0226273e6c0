// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.sim;

import java.util.List;
import java.util.Optional;

import io.peerwerk.storage.DurabilityTarget;
import io.peerwerk.storage.NetworkConditions;
import io.peerwerk.storage.PutOptions;

/**
 * What a command line asks to know about durability.
 *
 * @param codes to tell of
 * @param networks to tell of each code in
 * @param gone the part of all peers that vanishes at once
 * @param bytes the size of the file
 * @param target to find a code for, in each network
 * @param simulatedGroups how many groups live through a year; 0 for none
 * @param seed of the simulation
 */
public record DurabilityWish(List<PutOptions> codes, List<NetworkConditions> networks, double gone, long bytes,
        Optional<DurabilityTarget> target, int simulatedGroups, long seed) {
}
