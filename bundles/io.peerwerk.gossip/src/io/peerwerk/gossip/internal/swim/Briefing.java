// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.gossip.MemberState;

/**
 * What a message says beside its purpose, within the bytes of one packet. If we hold the reader itself for anything but
 * alive, it hears that first, with the card that it is said about (Lifeguard's buddy system, section IV-C).
 */
final class Briefing {

    private final Self self;
    private final Roster roster;

    Briefing(Self self, Roster roster) {
        this.self = self;
        this.roster = roster;
    }

    /** For a request: what it takes counts as passed on. */
    List<Rumour> news(@Nullable Belief reader) {
        List<Rumour> rumours = accusation(reader, false);
        rumours.addAll(roster.news.take(room(reader, rumours), reader));
        return rumours;
    }

    /** For an answer. */
    List<Rumour> reply(@Nullable Belief reader, SwimMessage.Request request) {
        List<Rumour> rumours = accusation(reader, isBehind(reader, request));
        rumours.addAll(roster.news.show(room(reader, rumours), reader, request.rumours()));
        return rumours;
    }

    /** For an answer that brings a list. */
    List<Rumour> list(@Nullable Belief reader, List<Rumour> list) {
        List<Rumour> rumours = accusation(reader, false);
        rumours.addAll(list);
        return rumours;
    }

    /** Whether a peer knows less about itself than we do: it has a new life, and a clock that went back. */
    private static boolean isBehind(@Nullable Belief reader, SwimMessage message) {
        return reader != null && message.sender().incarnation() < reader.card.incarnation();
    }

    private static List<Rumour> accusation(@Nullable Belief reader, boolean behind) {
        List<Rumour> rumours = new ArrayList<>();
        if (reader != null && (behind || reader.state != MemberState.ALIVE)) {
            rumours.add(reader.accusation());
        }
        return rumours;
    }

    private int room(@Nullable Belief reader, List<Rumour> before) {
        Card own = self.sender(reader).card();
        int used = own == null ? 0 : own.sealed().length();
        return SwimOptions.PIGGY_BACK - used - before.stream().mapToInt(Rumour::weight).sum();
    }
}
