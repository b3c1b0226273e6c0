// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.MemberState;

/**
 * The rules for a roster that holds some members only, in networks of more than a peer can watch.
 *
 * <p>The view is full most of the time. A member leaves it when it has died, or in a swap: once in
 * {@link SwimOptions#syncEvery} a peer gives another one itself and some members that it has talked to, with their cards,
 * and gets as many; what one gives away may give way to what it gets, and so may the partner in the asker's view. These
 * are the shuffles of Cyclon (Voulgaris, Gavidia and van Steen, JNSM 2005, section 2): links move but do not become fewer,
 * so the graph of views stays connected and close to a random one, and the number of those who watch a peer is driven
 * towards the size of a view. Cyclon's ages are not needed, for here the failure detector finds who is dead. Swaps are
 * so rare that a member is watched for several rounds of probes by the same peer, unlike in a protocol for sampling; as in
 * HyParView (Leitão, Pereira and Rodrigues, DSN 2007) the watched are few and lasting. A newcomer swaps once a period
 * until it must have as many watchers as others, and so does a peer whose view fills by it.
 *
 * <p>A swap is one exchange: the comparison's request and the answer to it carry cards in place of fingerprint and list.
 *
 * <p><b>Bounds.</b> Whatever others tell, only members that are given in a swap give way to them, and others get
 * {@link SwimOptions#SWAPS} swaps at once and one more in {@link SwimOptions#PERIODS_PER_SWAP} periods, all of them
 * together. So nobody can flush the view. Given are only members that we have talked to, so nobody can have us spread
 * inventions.
 */
final class PartialView {

    private final SwimOptions options;
    private int swapsOfOthers = SwimOptions.SWAPS;
    private int periods;

    /** How many swaps this peer still has one after the other, to become known. */
    private int introductions;

    /** Whether the last swap filled a place that was empty. */
    private boolean grows;

    /** Members that may give way now. */
    private List<Belief> given = List.of();

    PartialView(SwimOptions options) {
        this.options = options;
        this.introductions = options.isPartial() ? options.maxMembers() : 0;
    }

    /** Once a period. */
    void refill() {
        if (++periods % SwimOptions.PERIODS_PER_SWAP == 0) {
            swapsOfOthers = Math.min(SwimOptions.SWAPS, swapsOfOthers + 1);
        }
    }

    /** Whether another peer may swap with us now. */
    boolean admitsSwap() {
        return swapsOfOthers > 0 && swapsOfOthers-- > 0;
    }

    /** Another peer has swapped with this one, which asked for it. */
    void swapped(boolean hasGrown) {
        introductions = Math.max(0, introductions - 1);
        grows = hasGrown;
    }

    /** Whether the next swap should be soon: this peer is new, or its view fills. */
    boolean wantsMore() {
        return introductions > 0 || grows;
    }

    /** This peer was there before, and is watched already. */
    void isKnown() {
        introductions = 0;
    }

    /** The members to give to a peer; fewer where not so many are certain to be real and alive. */
    List<Belief> choose(Reachable reachable, PeerId reader, int count) {
        List<Belief> chosen = new ArrayList<>(count);
        for (Belief belief : reachable.pickMet(count + 1)) {
            if (chosen.size() < count && belief.state == MemberState.ALIVE && !belief.id().equals(reader)) {
                chosen.add(belief);
            }
        }
        return chosen;
    }

    /** From now on these may give way; to nobody, if there are none. */
    void give(List<Belief> members) {
        given = members.isEmpty() ? List.of() : new ArrayList<>(members);
    }

    boolean canSwap() {
        return !given.isEmpty();
    }

    /** One of the given that is still there and may go, or null. It cannot be one that is suspect: that must be found. */
    @Nullable
    Belief takeGiven() {
        while (!given.isEmpty()) {
            Belief belief = given.removeFirst();
            if (!belief.forgotten && belief.state == MemberState.ALIVE && !belief.probing) {
                return belief;
            }
        }
        return null;
    }

    /** The cards of members that are given away. */
    static List<Rumour> cards(List<Belief> members) {
        List<Rumour> cards = new ArrayList<>(members.size());
        for (Belief belief : members) {
            cards.add(Rumour.full(belief.card, MemberState.ALIVE));
        }
        return cards;
    }
}
