// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.newscast;

import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.internal.wire.Contact;

/** What can happen to a {@link NewscastPeer}. */
public sealed interface NewscastInput {

    /** The time asked for with {@link NewscastAction.Wake} has come, or the peer starts. */
    record Tick() implements NewscastInput {
    }

    /** Another peer wants to exchange views; answer under the same ticket. */
    record Received(PeerId from, List<News> news, long ticket) implements NewscastInput {
    }

    /** The answer to a {@link NewscastAction.Ask}. */
    record Answered(long ticket, List<News> news) implements NewscastInput {
    }

    /** A {@link NewscastAction.Ask} got no answer, or a malformed one. */
    record Failed(long ticket) implements NewscastInput {
    }

    /** A peer is known from elsewhere. It gets a free place in the view if there is one. */
    record Seed(Contact contact) implements NewscastInput {
    }
}
