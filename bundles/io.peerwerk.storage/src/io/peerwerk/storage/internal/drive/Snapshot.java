// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import java.util.List;
import java.util.Objects;

import io.peerwerk.storage.StorageLink;

/**
 * A state of a drive as it is stored: with the snapshots it grew from, so that each earlier state is found from the
 * latest one.
 *
 * @param state the state
 * @param parents the snapshots that it followed: none of the first one, two or more where replicas met
 * @param replica who stored it
 * @param time when, by the clock there: milliseconds since 1970
 */
public record Snapshot(DriveState state, List<StorageLink> parents, Replica replica, long time) {

    /** The most parents. */
    public static final int MAX_PARENTS = 64;

    /** @throws IllegalArgumentException where there are too many parents */
    public Snapshot {
        Objects.requireNonNull(state);
        parents = List.copyOf(parents);
        if (parents.size() > MAX_PARENTS) {
            throw new IllegalArgumentException(parents.size() + " parents");
        }
    }
}
