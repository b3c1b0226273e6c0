// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.fakes;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.gossip.Aggregates;
import io.peerwerk.gossip.AggregatesListener;
import io.peerwerk.gossip.Convergence;
import io.peerwerk.gossip.Estimate;
import io.peerwerk.gossip.Quantity;
import io.peerwerk.gossip.Slice;
import io.peerwerk.gossip.Slices;
import io.peerwerk.gossip.Standing;

/** What is known of the whole network, as the test says; nothing at first. */
public final class FakeGossip implements Aggregates, Slices {
    public @Nullable Convergence running;
    public @Nullable Estimate size;
    public final Map<Quantity, Estimate> means = new EnumMap<>(Quantity.class);
    public final Map<Quantity, Estimate> totals = new EnumMap<>(Quantity.class);
    public @Nullable Standing standing;

    @Override
    public Optional<Convergence> running() {
        return Optional.ofNullable(running);
    }

    @Override
    public Optional<Estimate> size() {
        return Optional.ofNullable(size);
    }

    @Override
    public Optional<Estimate> mean(Quantity quantity) {
        return Optional.ofNullable(means.get(quantity));
    }

    @Override
    public Optional<Estimate> total(Quantity quantity) {
        return Optional.ofNullable(totals.get(quantity));
    }

    @Override
    public Optional<Standing> standing() {
        return Optional.ofNullable(standing);
    }

    @Override
    public void report(Quantity quantity, double value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Registration listen(AggregatesListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Verdict verdict(Slice slice) {
        throw new UnsupportedOperationException();
    }
}
