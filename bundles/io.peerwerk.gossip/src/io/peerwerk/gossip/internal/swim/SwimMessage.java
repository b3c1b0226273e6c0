// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.List;

import io.peerwerk.core.identity.PeerId;

/** What peers say to each other. Each message carries news, the most important first. */
public sealed interface SwimMessage {

    /** The sender about itself: ALIVE or LEFT. */
    Rumour sender();

    /** About others. */
    List<Rumour> rumours();

    /** What is asked; the answer to all of these is {@link Answer}. */
    sealed interface Request extends SwimMessage {
    }

    /** Are you there? */
    record Ping(Rumour sender, List<Rumour> rumours) implements Request {
    }

    /** Is the target there? Ask it for me. */
    record PingOther(Rumour sender, PeerId target, List<Rumour> rumours) implements Request {
    }

    /** Let us compare: my members are in the rumours; answer with yours. */
    record Sync(Rumour sender, List<Rumour> rumours) implements Request {
    }

    /**
     * I am here.
     *
     * @param reached to {@link PingOther}, whether the target answered; else true
     */
    record Answer(Rumour sender, boolean reached, List<Rumour> rumours) implements SwimMessage {
    }
}
