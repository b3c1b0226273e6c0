// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import java.util.SortedSet;

/**
 * What a user sees at a path.
 *
 * @param entry what it is
 * @param origin the path in the state, which is another one where two writes met
 * @param dots the writes that made it, several where they wrote the same; none of a folder that is there because
 *         something is in it
 */
public record Shown(DriveEntry entry, String origin, SortedSet<Dot> dots) {
}
