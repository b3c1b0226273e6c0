// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.slicing;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.peerwerk.core.identity.PeerId;

/** Slicing by what this peer has seen of others. */
public final class Ranking extends Slicing {

    private record Seen(double attribute, int cycle) {
    }

    private final int window;
    private final int expiry;
    /** Those met last stand last. */
    private final Map<PeerId, Seen> seen = new LinkedHashMap<>();
    private int cycle;

    public Ranking(PeerId self, double attribute, SlicingOptions options, RandomGenerator random) {
        super(self, attribute, options, random);
        window = options.window();
        expiry = options.expiry();
    }

    /** The share of the others that are weaker; of two that are equal the one with the lower id is. */
    @Override
    public double position() {
        if (seen.isEmpty()) {
            return 0.5;
        }
        int weaker = 0;
        for (Map.Entry<PeerId, Seen> other : seen.entrySet()) {
            int order = Double.compare(other.getValue().attribute(), attribute);
            weaker += order < 0 || order == 0 && other.getKey().compareTo(self) < 0 ? 1 : 0;
        }
        return (weaker + 0.5) / (seen.size() + 1); // this peer itself stands in the middle of its own place
    }

    /** The different peers that the position rests on. */
    public int seen() {
        return seen.size();
    }

    /**
     * The standard error of the position.
     *
     * @param size how many peers there are, or 0 where that is unknown; once all others are seen there is no error
     */
    public double error(double size) {
        double position = position();
        double unseen = size <= 1 ? 1 : Math.clamp(1 - seen.size() / (size - 1), 0, 1);
        return Math.sqrt(position * (1 - position) * unseen / Math.max(1, seen.size()));
    }

    @Override
    SlicingMessage message() {
        return new SlicingMessage(attribute, 0);
    }

    @Override
    void age() {
        cycle++;
        Iterator<Seen> oldest = seen.values().iterator();
        while (oldest.hasNext() && cycle - oldest.next().cycle() > expiry) {
            oldest.remove();
        }
    }

    @Override
    void met(PeerId peer, SlicingMessage message) {
        seen.remove(peer);
        seen.put(peer, new Seen(message.attribute(), cycle));
        if (seen.size() > window) {
            Iterator<PeerId> oldest = seen.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    @Override
    void asked(PeerId peer, SlicingMessage message) {
        // whoever asks has chosen to be heard; only those that this peer chose count
    }
}
