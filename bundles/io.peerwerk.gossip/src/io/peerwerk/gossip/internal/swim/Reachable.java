// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * The reachable members: those we have talked to, and those we only heard of, each in an order of their own. Where one
 * is drawn, a peer that we only heard of comes with its fair share or in every second draw, whichever is less. So
 * thousands of invented peers neither keep us from watching the real ones nor from asking them for help.
 */
final class Reachable {

    private final ProbeOrder met;
    private final ProbeOrder hearsay;
    private final RandomGenerator random;

    Reachable(RandomGenerator random) {
        this.random = random;
        this.met = new ProbeOrder(random);
        this.hearsay = new ProbeOrder(random);
    }

    int size() {
        return met.size() + hearsay.size();
    }

    void add(Belief belief) {
        order(belief).add(belief);
    }

    void remove(Belief belief) {
        order(belief).remove(belief);
    }

    /** One of them has talked to us. */
    void promote(Belief belief) {
        hearsay.remove(belief);
        belief.met = true;
        met.add(belief);
    }

    /** The member to probe now, or null if there is none. */
    @Nullable
    Belief next() {
        return drawHearsay() ? hearsay.next() : met.next();
    }

    /** So many different random members other than the given one, or fewer if there are no more. */
    List<Belief> pick(int count, @Nullable Belief except) {
        int unsure = 0;
        for (int i = 0; i < count; i++) {
            unsure += drawHearsay() ? 1 : 0;
        }
        List<Belief> picked = new ArrayList<>(met.pick(count - unsure, except));
        picked.addAll(hearsay.pick(count - picked.size(), except));
        if (picked.size() < count && unsure > 0) {
            met.pick(count, except).stream().filter(belief -> !picked.contains(belief))
                    .limit(count - picked.size()).forEach(picked::add);
        }
        return picked;
    }

    /** So many different random members that we have talked to, or fewer. */
    List<Belief> pickMet(int count) {
        return met.pick(count, null);
    }

    /** So many members; those we have talked to come first. In large networks a random sample. */
    List<Belief> list(int count) {
        List<Belief> list = met.stretch(count);
        list.addAll(hearsay.stretch(count - list.size()));
        return list;
    }

    /** All of them, in no particular order. */
    Iterable<Belief> all() {
        return list(size());
    }

    /** Somebody who may give way to one that we have talked to, or null if there is nobody like that. */
    @Nullable
    Belief expendable() {
        List<Belief> one = hearsay.pick(1, null);
        return one.isEmpty() ? null : one.getFirst();
    }

    private boolean drawHearsay() {
        if (met.size() == 0 || hearsay.size() == 0) {
            return met.size() == 0;
        }
        return random.nextInt(Math.max(size(), 2 * hearsay.size())) < hearsay.size();
    }

    private ProbeOrder order(Belief belief) {
        return belief.met ? met : hearsay;
    }
}
