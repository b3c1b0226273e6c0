// SPDX-License-Identifier: EPL-2.0
/**
 * Keeps files at strength while peers come and go, without being able to read them.
 *
 * <p>Whoever holds a manifest audits its file: asks all reachable peers which shards they have, when the membership
 * changes and every now and then. When the weakest chunk has fewer reachable shards than the threshold, and has had for
 * longer than the repair delay (so that a restart costs nothing), every chunk of the file is brought back to n: any k
 * shards are fetched, the missing ones computed, checked against the manifest, and sent to the peers that have fewest.
 *
 * <p>One peer does it: the first one in the file's rendezvous order among those that are reachable. The others step in
 * one after the other if it does not. Two at once are harmless: shards are put twice.
 */
@NullMarked
package io.peerwerk.storage.internal.repair;

import org.jspecify.annotations.NullMarked;
