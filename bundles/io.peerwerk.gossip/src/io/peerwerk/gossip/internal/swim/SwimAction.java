// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.internal.wire.Contact;

/** What a {@link Swim} wants done. */
public sealed interface SwimAction {

    /**
     * Send the request, and come back with {@link SwimInput.Answered}, or with {@link SwimInput.Failed} after so many
     * milliseconds at the latest; always with one of the two.
     */
    record Ask(Contact to, SwimMessage.Request request, long ticket, long timeoutMillis) implements SwimAction {
    }

    /** Answer the request that came with this ticket. */
    record Answer(long ticket, SwimMessage.Answer answer) implements SwimAction {
    }

    /** Do not answer the request that came with this ticket: its sender has lied, which costs it the stream. */
    record Refuse(long ticket, String why) implements SwimAction {
    }

    /**
     * Come back with {@link SwimInput.Tick} after so many milliseconds. There is one such timer: a new one replaces it.
     */
    record Wake(long millis) implements SwimAction {
    }

    /** Tell those who want to know that a member is new or has changed. */
    record Changed(@Nullable Member before, Member now) implements SwimAction {
    }

    /** A member's round trip was measured; nothing else has changed. */
    record Measured(Member now) implements SwimAction {
    }

    /** A member is remembered no longer. */
    record Forgotten(PeerId peer) implements SwimAction {
    }

    /** This peer presents itself in another way now. */
    record Presented(Member self) implements SwimAction {
    }
}
