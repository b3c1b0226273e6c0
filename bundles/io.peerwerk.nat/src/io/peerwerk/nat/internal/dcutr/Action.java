// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.dcutr;

import java.time.Duration;
import java.util.List;

import io.peerwerk.core.multiformats.Multiaddr;

/** What is to be done next; what comes of it is the next {@link Event}. */
sealed interface Action {

    /**
     * Dial, as if there were no translator, from another port than the one to meet at: a translator that tracks
     * connections would keep the failed one in mind and drop what belongs to the next with the same ports.
     */
    record Dial(List<Multiaddr> addresses) implements Action {
    }

    /** Open a stream over the relay, send, and read the answer. */
    record Ask(PunchMessage message) implements Action {
    }

    /** Send on the stream there is, and read what comes next. */
    record Answer(PunchMessage message) implements Action {
    }

    /** Send on the stream there is, and wait so long. */
    record TellAndPause(PunchMessage message, Duration pause) implements Action {
    }

    /** Meet the peer, which comes at the same time. */
    record Meet(List<Multiaddr> addresses, boolean asClient) implements Action {
    }

    /** Nothing more: it worked, or it did not. */
    record Finish(boolean direct) implements Action {
    }
}
