// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cyclon;

import java.util.List;

import io.peerwerk.gossip.internal.wire.Contact;

/** What a {@link Cyclon} wants done. */
public sealed interface CyclonAction {

    /** Send the entries and come back with {@link CyclonInput.Answered} or {@link CyclonInput.Failed}, always. */
    record Ask(Contact to, List<Entry> entries, long ticket) implements CyclonAction {
    }

    /** Answer the request that came with this ticket. */
    record Answer(long ticket, List<Entry> entries) implements CyclonAction {
    }

    /** Do not answer the request that came with this ticket. */
    record Refuse(long ticket, String why) implements CyclonAction {
    }

    /** Come back with {@link CyclonInput.Tick} after so many milliseconds. There is one such timer. */
    record Wake(long millis) implements CyclonAction {
    }
}
