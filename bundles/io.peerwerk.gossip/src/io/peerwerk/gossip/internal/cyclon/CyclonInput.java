// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cyclon;

import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.internal.wire.Contact;

/** What can happen to a {@link Cyclon}. */
public sealed interface CyclonInput {

    /** The time asked for with {@link CyclonAction.Wake} has come, or the peer starts. */
    record Tick() implements CyclonInput {
    }

    /** Another peer wants to shuffle; answer or refuse under the same ticket. */
    record Received(PeerId from, List<Entry> entries, long ticket) implements CyclonInput {
    }

    /** The answer to an {@link CyclonAction.Ask}. */
    record Answered(long ticket, List<Entry> entries) implements CyclonInput {
    }

    /** An {@link CyclonAction.Ask} got no answer, or a malformed one. */
    record Failed(long ticket) implements CyclonInput {
    }

    /** A peer is known from elsewhere. It gets an empty place in the view if there is one. */
    record Seed(Contact contact) implements CyclonInput {
    }

    /** A peer is known to be gone. */
    record Drop(PeerId peer) implements CyclonInput {
    }

    /** This peer itself is now reached at other addresses. */
    record Moved(List<Multiaddr> addresses) implements CyclonInput {
    }
}
