// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.gossip.Aggregates;
import io.peerwerk.gossip.AggregatesListener;
import io.peerwerk.gossip.Convergence;
import io.peerwerk.gossip.Estimate;
import io.peerwerk.gossip.Quantity;
import io.peerwerk.gossip.internal.aggregation.Aggregate;
import io.peerwerk.gossip.internal.aggregation.Aggregation;
import io.peerwerk.gossip.internal.aggregation.AggregationCodec;
import io.peerwerk.gossip.internal.aggregation.AggregationOptions;
import io.peerwerk.gossip.internal.aggregation.Values;

/** Runs the aggregation on the loop, and shows its results to any thread. */
final class Estimates implements Aggregates {

    private static final Logger LOG = LoggerFactory.getLogger(Estimates.class);

    private final Loop loop;
    private final InstantSource clock;
    private final Aggregation aggregation;
    private final CycleDriver<?> driver;
    private final List<AggregatesListener> listeners = new CopyOnWriteArrayList<>();
    /** What was set by {@link #report} and no longer follows anything else. On the loop. */
    private final Set<Quantity> reported = EnumSet.noneOf(Quantity.class);
    private volatile @Nullable Result result;
    private volatile Optional<Convergence> running = Optional.empty();

    private record Result(Aggregate aggregate, Instant at) {
    }

    Estimates(SampledPeers.Place place, SampledPeers peers, AggregationOptions options, InstantSource clock) {
        this.loop = place.loop();
        this.clock = clock;
        this.aggregation = new Aggregation(place.self().id(), Values.ZERO, options, place.random());
        this.driver = new CycleDriver<>(aggregation, AggregationCodec.FORMAT, place)
                .sampling(peers::view).onChange(this::publish);
    }

    Registration open(Reception reception) {
        return driver.open(reception);
    }

    /** On the loop. */
    void start() {
        measureLoad(ManagementFactory.getOperatingSystemMXBean());
        driver.start();
    }

    /** On the loop: follows the membership. */
    void offer(long bytes) {
        if (!reported.contains(Quantity.OFFER)) {
            set(Quantity.OFFER, Math.min(bytes, Quantity.OFFER.max()));
        }
        if (!reported.contains(Quantity.FREE)) {
            set(Quantity.FREE, Math.min(bytes, Quantity.FREE.max()));
        }
    }

    private void measureLoad(OperatingSystemMXBean system) {
        double load = system.getSystemLoadAverage(); // below zero where the system does not tell
        if (!reported.contains(Quantity.LOAD) && load >= 0) {
            set(Quantity.LOAD, Math.min(load / system.getAvailableProcessors(), Quantity.LOAD.max()));
        }
    }

    private void set(Quantity quantity, double value) {
        aggregation.report(aggregation.own().with(quantity, value));
    }

    private void publish() {
        running = aggregation.running();
        Aggregate latest = aggregation.latest().orElse(null);
        Result before = result;
        if (latest != null && (before == null || before.aggregate() != latest)) {
            result = new Result(latest, clock.instant());
            measureLoad(ManagementFactory.getOperatingSystemMXBean());
            if (!listeners.isEmpty()) {
                Thread.ofVirtual().name("gossip-estimates").start(() -> tell(latest.epoch()));
            }
        }
    }

    private void tell(long epoch) {
        for (AggregatesListener listener : listeners) {
            try {
                listener.estimated(epoch);
            } catch (RuntimeException e) {
                LOG.error("a listener to the estimates failed on epoch {}", epoch, e);
            }
        }
    }

    @Override
    public Optional<Convergence> running() {
        return running;
    }

    @Override
    public Optional<Estimate> size() {
        return estimate(Aggregate::size, Aggregate::sizeSpread).filter(estimate -> estimate.value() > 0);
    }

    @Override
    public Optional<Estimate> mean(Quantity quantity) {
        return estimate(aggregate -> aggregate.means().get(quantity), aggregate -> aggregate.spreads().get(quantity));
    }

    @Override
    public Optional<Estimate> total(Quantity quantity) {
        return estimate(aggregate -> aggregate.means().get(quantity) * aggregate.size(),
                aggregate -> aggregate.means().get(quantity) * aggregate.sizeSpread()
                        + aggregate.spreads().get(quantity) * aggregate.size())
                .filter(estimate -> size().isPresent());
    }

    private Optional<Estimate> estimate(ToDoubleFunction<Aggregate> value, ToDoubleFunction<Aggregate> spread) {
        return Optional.ofNullable(result).map(now -> new Estimate(value.applyAsDouble(now.aggregate()),
                spread.applyAsDouble(now.aggregate()), now.aggregate().epoch(), now.at()));
    }

    @Override
    public void report(Quantity quantity, double value) {
        if (!quantity.admits(value)) {
            throw new IllegalArgumentException(quantity + " of " + value);
        }
        loop.run(() -> {
            reported.add(quantity);
            set(quantity, value);
        });
    }

    @Override
    public Registration listen(AggregatesListener listener) {
        AggregatesListener registered = listener::estimated; // one listener registered twice is two registrations
        listeners.add(registered);
        return () -> listeners.remove(registered);
    }
}
