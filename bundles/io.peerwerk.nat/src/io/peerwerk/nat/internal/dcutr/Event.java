// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.dcutr;

import java.util.List;

import io.peerwerk.core.multiformats.Multiaddr;

/** What happens to one who wants a direct connection. */
sealed interface Event {

    /** It begins; these are the peer's addresses as it tells everyone, those that may be dialled. */
    record Begun(List<Multiaddr> dialable) implements Event {
    }

    /** The peer said something. */
    record Said(PunchMessage message) implements Event {
    }

    /** The pause that was asked for is over. */
    record Elapsed() implements Event {
    }

    /** There is a direct connection. */
    record Connected() implements Event {
    }

    /** What was asked for last did not work. */
    record Failed() implements Event {
    }
}
