// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.internal.dial.DialRanking;
import io.peerwerk.transport.internal.dial.Resolver;

/** Finds out which of the addresses given for one dial are tried, and when. */
final class DialTargets {

    /** Addresses that one dial tries at most: a peer can claim any number, each costs a socket. */
    static final int MAX_ADDRESSES = 16;

    /** Names that one dial looks up at most. */
    private static final int MAX_NAMES = 8;

    /** How long addresses that are there wait for those that are still names. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** An address without the peer at its end, who must be there, and when to dial it. */
    record Target(Multiaddr address, Optional<PeerId> expected, Duration delay) {
    }

    private final DialRules rules;
    private final Predicate<Multiaddr> hasTransport;
    private final Optional<PeerId> expected;
    private final Map<Multiaddr, String> reasons;
    private boolean gated;
    private boolean patient;

    /**
     * @param expected the peer; empty if any will do
     * @param reasons  takes why an address is not tried
     */
    DialTargets(DialRules rules, Predicate<Multiaddr> hasTransport, Optional<PeerId> expected,
            Map<Multiaddr, String> reasons) {
        this.rules = rules;
        this.hasTransport = hasTransport;
        this.expected = expected;
        this.reasons = reasons;
    }

    /** Leaves out what only another machine can mean. */
    DialTargets gated(boolean on) {
        gated = on;
        return this;
    }

    /** Leaves out what has just failed. */
    DialTargets patient(boolean on) {
        patient = on;
        return this;
    }

    /** The targets in the order of their delays. Blocks while names are looked up. */
    List<Target> of(Collection<Multiaddr> addresses, Duration limit) throws InterruptedIOException {
        var chosen = new LinkedHashMap<Multiaddr, Optional<PeerId>>();
        for (Multiaddr address : resolved(addresses, limit)) {
            Optional<PeerId> named = address.peer();
            Multiaddr plain = Dialer.dialled(address, expected);
            if (expected.isPresent() && named.isPresent() && !named.equals(expected)) {
                reasons.put(address, "the address names another peer");
            } else if (mayBeDialled(plain)) {
                chosen.putIfAbsent(plain, expected.or(() -> named));
            }
        }
        List<DialRanking.Ranked> ranked = rules.ranking().rank(chosen.keySet());
        return ranked.stream().limit(MAX_ADDRESSES)
                .map(r -> new Target(r.address(), chosen.getOrDefault(r.address(), expected), r.delay())).toList();
    }

    private boolean mayBeDialled(Multiaddr plain) {
        Duration pause = patient && expected.isPresent() ? rules.backoff().pause(expected.get(), plain) : Duration.ZERO;
        if (!hasTransport.test(plain)) {
            reasons.put(plain, "no transport for it");
        } else if (gated && !rules.gate().permits(plain)) {
            reasons.put(plain, "told by others, and only their own machine or link can mean it");
        } else if (pause.isPositive()) {
            reasons.put(plain, "failed a moment ago, left alone for " + (pause.toSeconds() + 1) + " s more");
        } else {
            return true;
        }
        return false;
    }

    /** The addresses with those in place of names that stand under them, all looked up at the same time. */
    private List<Multiaddr> resolved(Collection<Multiaddr> addresses, Duration limit) throws InterruptedIOException {
        boolean some = addresses.stream().anyMatch(address -> !Resolver.isName(address));
        Duration wait = some && limit.compareTo(PATIENCE) > 0 ? PATIENCE : limit;
        var lookups = new LinkedHashMap<Multiaddr, CompletableFuture<List<Multiaddr>>>();
        for (Multiaddr address : addresses) {
            if (Resolver.isName(address) && lookups.size() < MAX_NAMES) {
                lookups.computeIfAbsent(address, name -> lookup(name, wait));
            }
        }
        var all = new ArrayList<Multiaddr>();
        for (Multiaddr address : addresses) {
            CompletableFuture<List<Multiaddr>> lookup = lookups.get(address);
            if (!Resolver.isName(address)) {
                all.add(address);
            } else if (lookup != null) {
                all.addAll(found(address, lookup));
            }
        }
        return all;
    }

    private CompletableFuture<List<Multiaddr>> lookup(Multiaddr name, Duration wait) {
        var future = new CompletableFuture<List<Multiaddr>>();
        Thread.ofVirtual().name("resolve").start(() -> {
            try {
                future.complete(rules.resolver().resolve(name, wait));
            } catch (IOException | RuntimeException e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    private List<Multiaddr> found(Multiaddr name, CompletableFuture<List<Multiaddr>> lookup)
            throws InterruptedIOException {
        try {
            return lookup.join();
        } catch (CompletionException e) {
            reasons.put(name, String.valueOf(e.getCause().getMessage()));
            return List.of();
        }
    }
}
