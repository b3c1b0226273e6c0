// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import java.util.List;

/**
 * A message. Each part may be empty.
 *
 * @param full         whether the entries are all that the sender wants; else they change what it wanted before
 * @param entries      what the sender wants, or does not want any more
 * @param blocks       blocks that the receiver has wanted
 * @param presences    which blocks the sender has of those the receiver has asked about
 * @param pendingBytes bytes of blocks that the sender has still to send, about
 */
public record Message(boolean full, List<WantEntry> entries, List<Payload> blocks, List<Presence> presences,
        int pendingBytes) {

    /** The lists are copied. */
    public Message {
        entries = List.copyOf(entries);
        blocks = List.copyOf(blocks);
        presences = List.copyOf(presences);
    }

    /** A message that says what is wanted. */
    public static Message wants(boolean full, List<WantEntry> entries) {
        return new Message(full, entries, List.of(), List.of(), 0);
    }

    /** A message that answers. */
    public static Message answer(List<Payload> blocks, List<Presence> presences, int pendingBytes) {
        return new Message(false, List.of(), blocks, presences, pendingBytes);
    }
}
