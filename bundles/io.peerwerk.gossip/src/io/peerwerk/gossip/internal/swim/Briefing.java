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
    private final boolean partial;

    Briefing(Self self, Roster roster, boolean partial) {
        this.partial = partial;
        this.self = self;
        this.roster = roster;
    }

    /** For a request: what it takes counts as passed on. */
    List<Rumour> news(@Nullable Belief reader) {
        List<Rumour> first = accusation(reader, false);
        return join(first, roster.news.take(room(reader, first), reader));
    }

    /** For a helper that is to probe a target, which it need not know where rosters are partial views. */
    List<Rumour> about(Belief target, Belief helper) {
        if (!partial) {
            return news(helper);
        }
        List<Rumour> first = join(accusation(helper, false), List.of(Rumour.full(target.card, MemberState.ALIVE)));
        return join(first, roster.news.take(room(helper, first), helper));
    }

    /** For an answer. */
    List<Rumour> reply(@Nullable Belief reader, SwimMessage.Request request) {
        List<Rumour> first = accusation(reader, isBehind(reader, request));
        return join(first, roster.news.show(room(reader, first), reader, request.rumours()));
    }

    /** For an answer that brings a list. */
    List<Rumour> list(@Nullable Belief reader, List<Rumour> list) {
        return join(accusation(reader, false), list);
    }

    /** Whether a peer knows less about itself than we do: it has a new life, and a clock that went back. */
    private static boolean isBehind(@Nullable Belief reader, SwimMessage message) {
        return reader != null && message.sender().incarnation() < reader.card.incarnation();
    }

    private static List<Rumour> accusation(@Nullable Belief reader, boolean behind) {
        return reader != null && (behind || reader.state != MemberState.ALIVE)
                ? List.of(reader.accusation()) : List.of();
    }

    /** One after the other; most of the time neither has anything. */
    private static List<Rumour> join(List<Rumour> first, List<Rumour> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() ? second : first;
        }
        List<Rumour> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    private int room(@Nullable Belief reader, List<Rumour> before) {
        int room = SwimOptions.PIGGY_BACK - self.cardBytes(reader);
        for (Rumour rumour : before) {
            room -= rumour.weight();
        }
        return room;
    }
}
