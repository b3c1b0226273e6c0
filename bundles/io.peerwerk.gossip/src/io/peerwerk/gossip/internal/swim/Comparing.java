// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.MemberState;

/** What goes into comparisons: a fingerprint, a list where fingerprints differ, and the cards that come out missing. */
final class Comparing {

    /** Cards that are sent unasked with the question for others, at most; the message's length is the other bound. */
    private static final int MAX_OFFERED = 128;

    private final Self self;
    private final Roster roster;
    private int lists = SwimOptions.LISTS;

    Comparing(Self self, Roster roster) {
        this.self = self;
        this.roster = roster;
    }

    /** Of this peer and the reachable members. */
    long fingerprint(long salt) {
        long sum = Ids.print(salt, self.id(), self.incarnation());
        for (Belief belief : roster.reachable().all()) {
            sum ^= Ids.print(salt, belief.id(), belief.card.incarnation());
        }
        return sum;
    }

    /** Whether one more list is given out now: a crowd that wants them all at once gets them one after the other. */
    boolean takeList() {
        return lists > 0 && lists-- > 0;
    }

    /** Once a period. */
    void refill() {
        lists = Math.min(SwimOptions.LISTS, lists + SwimOptions.LISTS_PER_PERIOD);
    }

    /** Reachable members without their cards; in large networks, as many as fit. */
    List<Rumour> list(@Nullable Belief reader) {
        List<Rumour> rumours = new ArrayList<>();
        for (Belief belief : roster.reachable().list(SwimOptions.MAX_RUMOURS - 1)) {
            if (belief != reader) {
                rumours.add(Rumour.brief(belief.card, belief.state));
            }
        }
        return rumours;
    }

    /** Those of a list whose card we do not have. */
    List<PeerId> missing(List<Rumour> list) {
        return list.stream().filter(rumour -> !rumour.id().equals(self.id()) && isMissing(rumour)).map(Rumour::id)
                .toList();
    }

    private boolean isMissing(Rumour rumour) {
        Belief belief = roster.find(rumour.id());
        return belief == null || belief.card.incarnation() < rumour.incarnation();
    }

    /**
     * Our cards that the maker of a list seems not to have. A list that is full says nothing about those who are not in
     * it.
     */
    List<Rumour> lacking(List<Rumour> list, @Nullable Belief reader) {
        Map<PeerId, Long> theirs = new HashMap<>();
        list.forEach(rumour -> theirs.put(rumour.id(), rumour.incarnation()));
        boolean all = list.size() < SwimOptions.MAX_RUMOURS - 1;
        List<Rumour> lacking = new ArrayList<>();
        for (Belief belief : roster.reachable().list(SwimOptions.MAX_RUMOURS - 1)) {
            long known = theirs.getOrDefault(belief.id(), all ? -1 : Long.MAX_VALUE);
            if (belief != reader && known < belief.card.incarnation() && lacking.size() < MAX_OFFERED) {
                lacking.add(Rumour.full(belief.card, MemberState.ALIVE));
            }
        }
        return lacking;
    }

    /** The cards that somebody wants. */
    List<Rumour> cards(List<PeerId> wanted) {
        return wanted.stream().map(roster::find).filter(Objects::nonNull)
                .map(belief -> Rumour.full(belief.card, belief.state)).toList();
    }
}
