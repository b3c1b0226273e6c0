// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * Which port to ask for when, and which are mapped. Pure: it is told the time and what the gateway said. Not
 * thread-safe.
 *
 * <pre>
 *   wanted(ports) ─▶ next(now) ─▶ Map or Unmap ─▶ (asked elsewhere) ─▶ granted or failed or released
 *
 *   a lease of length L:   0 ─────────── L/2 renewed ──── 3L/4 again ── 7L/8 again ── … L forgotten
 *   a refusal:             asked again after 1, 2, 4, … 60 minutes
 * </pre>
 */
final class LeaseModel {

    /** What is asked for; routers with less memory give less. */
    static final Duration LIFETIME = Duration.ofHours(2);

    /** Ports at most. */
    static final int MAX_PORTS = 16;

    /** However short a lease is and however near its end, a gateway is not asked more often about one port. */
    static final Duration LEAST_WAIT = Duration.ofSeconds(30);

    static final Duration MAX_WAIT = Duration.ofHours(1);

    /** However long a lease is, it is renewed at half of this: routers forget. */
    private static final Duration MAX_LIFETIME = Duration.ofHours(24);

    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);

    /** What is to be done. */
    sealed interface Action {

        Port port();

        /** @param external the port that is wished for */
        record Map(Port port, int external) implements Action {
        }

        /** @param external the port that is given back */
        record Unmap(Port port, int external) implements Action {
        }
    }

    /** A port that is mapped. */
    record Lease(Port port, InetSocketAddress external, Instant until) {
    }

    private static final class Entry {

        private boolean wanted = true;
        private @Nullable Lease lease;
        private int wish;
        private Instant due;
        private int failures;

        private Entry(int wish, Instant due) {
            this.wish = wish;
            this.due = due;
        }
    }

    private final Map<Port, Entry> entries = new LinkedHashMap<>();
    private final RandomGenerator random;

    LeaseModel(RandomGenerator random) {
        this.random = random;
    }

    /** The ports that should be mapped, now. Those that no longer should are given back. */
    void wanted(Collection<Port> ports, Instant now) {
        entries.forEach((port, entry) -> entry.wanted = ports.contains(port));
        entries.values().removeIf(entry -> !entry.wanted && entry.lease == null);
        ports.stream().limit(MAX_PORTS).forEach(port -> entries.computeIfAbsent(port,
                any -> new Entry(port.number(), now)));
    }

    /** What is due, one at a time. */
    Optional<Action> next(Instant now) {
        for (Map.Entry<Port, Entry> each : entries.entrySet()) {
            Entry entry = each.getValue();
            Lease lease = entry.lease;
            if (lease != null && !lease.until().isAfter(now)) {
                entry.lease = null;
            }
            if (!entry.wanted && lease != null) {
                return Optional.of(new Action.Unmap(each.getKey(), lease.external().getPort()));
            }
            if (entry.wanted && !entry.due.isAfter(now)) {
                return Optional.of(new Action.Map(each.getKey(), entry.wish));
            }
        }
        return Optional.empty();
    }

    /** When {@link #next} has something; far away if nothing is wanted. */
    Instant due(Instant now) {
        return entries.values().stream().map(e -> e.wanted ? e.due : now).min(Instant::compareTo)
                .orElse(now.plus(MAX_WAIT));
    }

    /** The gateway lets a port through. If it has started anew, the others are due at once. */
    void granted(Port port, Grant grant, Instant now) {
        if (grant.restarted()) {
            entries.forEach((other, entry) -> {
                if (!other.equals(port) && entry.lease != null) {
                    entry.due = now;
                }
            });
        }
        Entry entry = entries.get(port);
        if (entry != null) {
            Duration lifetime = shorter(grant.lifetime(), MAX_LIFETIME);
            entry.lease = new Lease(port, grant.external(), now.plus(lifetime));
            entry.wish = grant.external().getPort();
            entry.failures = 0;
            entry.due = now.plus(longer(lifetime.dividedBy(2), LEAST_WAIT));
        }
    }

    /** It does not, or says nothing. A lease that is there is kept until its end. */
    void failed(Port port, Instant now) {
        Entry entry = entries.get(port);
        if (entry == null) {
            return;
        }
        Lease lease = entry.lease;
        if (lease != null) {
            Duration left = Duration.between(now, lease.until());
            entry.due = now.plus(longer(left.dividedBy(2), LEAST_WAIT));
        } else {
            entry.wish = port.number();
            Duration wait = shorter(FIRST_WAIT.multipliedBy(1L << Math.min(entry.failures++, 6)), MAX_WAIT);
            entry.due = now.plus(Duration.ofMillis((long) (wait.toMillis() * (0.8 + 0.2 * random.nextDouble()))));
        }
    }

    /** A port was given back, or that was tried: it is forgotten. */
    void released(Port port) {
        Entry entry = entries.get(port);
        if (entry != null) {
            entry.lease = null;
            if (!entry.wanted) {
                entries.remove(port);
            }
        }
    }

    /** Another gateway is used from now on, or this one is gone: nothing is mapped, all is due. */
    void forget(Instant now) {
        entries.values().removeIf(entry -> !entry.wanted);
        entries.values().forEach(entry -> {
            entry.lease = null;
            entry.due = now;
        });
    }

    /** What is mapped. */
    List<Lease> leases(Instant now) {
        return entries.values().stream().map(entry -> entry.lease).filter(Objects::nonNull)
                .filter(lease -> lease.until().isAfter(now)).toList();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
