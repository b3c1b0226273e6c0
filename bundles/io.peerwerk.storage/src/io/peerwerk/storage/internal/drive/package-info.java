// SPDX-License-Identifier: EPL-2.0
/**
 * A user's tree of folders on several machines, each of which may change it while it is alone.
 *
 * <p>A {@linkplain io.peerwerk.storage.internal.drive.DriveState state} is a map from paths to entries in which nothing
 * that was written is lost when two states come together: an optimized observed-remove map of multi-value registers
 * (Bieniusa et al., "An optimized conflict-free replicated set", 2012; Almeida, Shoker and Baquero, "Delta state
 * replicated data types", 2018). Each write has a {@linkplain io.peerwerk.storage.internal.drive.Dot dot}, the number
 * of the write at its replica; a state says which dots it has {@linkplain io.peerwerk.storage.internal.drive.Seen seen}.
 *
 * <pre>
 *   dot known to both, entry in both          stays
 *   dot known to both, entry in one only      was replaced or removed by someone who saw it: goes
 *   dot known to one only, entry there        is news to the other: stays
 * </pre>
 *
 * <p>So merging is commutative, associative and idempotent, whatever clocks say. Two writes of one path that did not
 * know of each other both stay: the {@linkplain io.peerwerk.storage.internal.drive.DriveView view}, the tree that a user
 * sees, gives the name to the later one and a name of its own to the other, by rules that come to the same everywhere.
 * A removal takes away what it saw and no more. A path that is a file here and a folder there is shown as both.
 *
 * <p>Nothing here touches a clock, a disk or the network.
 */
@NullMarked
package io.peerwerk.storage.internal.drive;

import org.jspecify.annotations.NullMarked;
