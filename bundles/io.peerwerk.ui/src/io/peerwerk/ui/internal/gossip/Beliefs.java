// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.gossip;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.peerwerk.ui.internal.model.Curve.Dot;

/** What was believed of the network in the last minutes. One thread at a time. */
final class Beliefs {
    /** What is believed about. */
    enum Subject {
        SIZE, OFFER, FREE, LOAD, RANK, HEALTH
    }

    /** So far back it goes: two epochs. */
    static final Duration REACH = Duration.ofMinutes(10);
    /** What comes sooner after the last one is left out. */
    static final Duration EVERY = Duration.ofSeconds(2);

    private static final double MILLIS = 60_000;

    private record Moment(Instant at, Map<Subject, Double> figures) {
    }

    private final Deque<Moment> moments = new ArrayDeque<>();

    /** Remembers what is believed now; what is not known is left out. */
    void add(Instant now, Map<Subject, Double> figures) {
        if (!moments.isEmpty() && now.isBefore(moments.getLast().at())) {
            moments.clear(); // the clock was set back
        }
        if (moments.isEmpty() || !now.isBefore(moments.getLast().at().plus(EVERY))) {
            moments.addLast(new Moment(now, figures.isEmpty() ? Map.of() : new EnumMap<>(figures)));
        }
        while (moments.getFirst().at().isBefore(now.minus(REACH))) {
            moments.removeFirst();
        }
    }

    /** Forgets everything: another node's network is another one. */
    void clear() {
        moments.clear();
    }

    /** What was believed about this, at minutes from now, which lie below zero. */
    List<Dot> about(Subject subject, Instant now) {
        List<Dot> dots = new ArrayList<>(moments.size());
        for (Moment moment : moments) {
            Double figure = moment.figures().get(subject);
            if (figure != null) {
                dots.add(new Dot(-Duration.between(moment.at(), now).toMillis() / MILLIS, figure));
            }
        }
        return dots;
    }
}
