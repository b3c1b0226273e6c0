// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.List;

import io.peerwerk.core.identity.PeerId;

/** What peers say to each other. Each message carries news, the most important first. */
public sealed interface SwimMessage {

    /** The sender about itself. */
    Sender sender();

    /** About others, and about the reader. */
    List<Rumour> rumours();

    /** What is asked; the answer to all of these is {@link Answer}. */
    sealed interface Request extends SwimMessage {
    }

    /** Are you there? */
    record Ping(Sender sender, List<Rumour> rumours) implements Request {
    }

    /** Is the target there? Ask it for me. */
    record PingOther(Sender sender, PeerId target, List<Rumour> rumours) implements Request {
    }

    /**
     * Do we know the same?
     *
     * @param salt a random number
     * @param fingerprint of the sender and all members that it holds for reachable, in their versions, made with it
     */
    record Sync(Sender sender, long salt, long fingerprint, List<Rumour> rumours) implements Request {
    }

    /** Give me these cards; here are some that you seem not to have. */
    record Fetch(Sender sender, List<PeerId> wanted, List<Rumour> rumours) implements Request {
    }

    /**
     * I am here.
     *
     * @param yes to {@link PingOther}, whether the target answered; to {@link Sync}, whether the two know the same: if
     *         not, the rumours are the members that the sender holds for reachable, without their cards; else true
     */
    record Answer(Sender sender, boolean yes, List<Rumour> rumours) implements SwimMessage {
    }
}
