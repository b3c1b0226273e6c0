// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.newscast;

import java.util.List;

import io.peerwerk.gossip.internal.wire.Contact;

/** What a {@link NewscastPeer} wants done. */
public sealed interface NewscastAction {

    /** Send the news and come back with {@link NewscastInput.Answered} or {@link NewscastInput.Failed}, always. */
    record Ask(Contact to, List<News> news, long ticket) implements NewscastAction {
    }

    /** Answer the request that came with this ticket. */
    record Answer(long ticket, List<News> news) implements NewscastAction {
    }

    /** Come back with {@link NewscastInput.Tick} after so many milliseconds. There is one such timer. */
    record Wake(long millis) implements NewscastAction {
    }
}
