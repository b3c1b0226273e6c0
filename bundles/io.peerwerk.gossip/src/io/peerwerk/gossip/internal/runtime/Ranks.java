// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.gossip.Aggregates;
import io.peerwerk.gossip.Estimate;
import io.peerwerk.gossip.Slice;
import io.peerwerk.gossip.Slices;
import io.peerwerk.gossip.Standing;
import io.peerwerk.gossip.internal.slicing.Ranking;
import io.peerwerk.gossip.internal.slicing.SlicingCodec;
import io.peerwerk.gossip.internal.slicing.SlicingOptions;

/** Runs the slicing on the loop, and shows its results to any thread. */
final class Ranks implements Slices {

    /** Standard errors to the edge of a slice that make a verdict. */
    private static final double ERRORS = 2;

    private final Ranking ranking;
    private final Aggregates aggregates;
    private final CycleDriver<?> driver;
    private volatile @Nullable Standing standing;

    Ranks(SampledPeers.Place place, SampledPeers peers, Aggregates aggregates, SlicingOptions options) {
        this.aggregates = aggregates;
        this.ranking = new Ranking(place.self().id(), 0, options, place.random());
        this.driver = new CycleDriver<>(ranking, SlicingCodec.FORMAT, place)
                .sampling(peers::view).onChange(this::publish);
    }

    Registration open(Reception reception) {
        return driver.open(reception);
    }

    /** On the loop. */
    void start() {
        driver.start();
    }

    /** On the loop: what this peer is sliced by. */
    void strength(double value) {
        ranking.attribute(value);
        publish();
    }

    private void publish() {
        if (ranking.seen() > 0) {
            double size = aggregates.size().map(Estimate::value).orElse(0.0);
            standing = new Standing(ranking.position(), ranking.error(size), ranking.seen());
        }
    }

    @Override
    public Optional<Standing> standing() {
        return Optional.ofNullable(standing);
    }

    @Override
    public Verdict verdict(Slice slice) {
        Standing now = standing;
        Double share = switch (slice) {
            case Slice.Share(double wanted) -> Double.valueOf(wanted);
            case Slice.Count(long peers) -> aggregates.size().map(size -> Math.min(1, peers / size.value()))
                    .orElse(null);
        };
        if (share != null && share == 1) {
            return Verdict.INSIDE;
        }
        if (now == null || share == null) {
            return Verdict.UNCERTAIN;
        }
        double above = now.position() - (1 - share);
        if (Math.abs(above) < ERRORS * now.error()) {
            return Verdict.UNCERTAIN;
        }
        return above >= 0 ? Verdict.INSIDE : Verdict.OUTSIDE;
    }
}
