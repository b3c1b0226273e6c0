// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.nat.Reach;

/**
 * Whom to ask about which addresses and when, and what the answers come to. Pure: it is told the time and what has
 * happened. Not thread-safe.
 *
 * <pre>
 *   next(servers, now) ─▶ Probe ─▶ (asked elsewhere) ─▶ done(probe, answer, now)      one at a time; due() says when
 * </pre>
 *
 * <p>While an address is not sure it asks every {@code retry}, each time another peer chosen by chance among those whose
 * network has said nothing about it lately; once all are sure, every {@code refresh}. Version 2 goes first, since its
 * successes are proved. An address needs a margin of {@value #NEEDED_V2} networks in version 2; the peer as a whole
 * needs {@value #NEEDED_V1} in version 1, whose answers anybody can make up.
 */
final class ReachabilityModel {

    /** Addresses that are looked after at most. */
    static final int MAX_ADDRESSES = 32;

    static final int NEEDED_V1 = 3;
    static final int NEEDED_V2 = 2;

    /** Peers asked lately that are remembered; the oldest give way. */
    private static final int MAX_ASKED = 1024;

    /**
     * A connected peer that serves requests.
     *
     * @param voter what stands for its owner: its network, see {@link Votes}
     */
    record Server(PeerId peer, String voter, boolean v1, boolean v2) {
    }

    /**
     * A question.
     *
     * @param version   1 or 2
     * @param addresses what to ask about, those that matter most first
     */
    record Probe(Server server, int version, List<Multiaddr> addresses) {
    }

    /** What came of it. */
    sealed interface Answer {

        /** The peer says it has dialled one address, in vain or not (which version 2 has proved). */
        record Dialled(Multiaddr address, boolean reached) implements Answer {
        }

        /** A version 1 peer has dialled all of them. */
        record DialledAll(boolean reached) implements Answer {
        }

        /** It says nothing that can be used. */
        record Nothing() implements Answer {
        }
    }

    private final AutonatOptions options;
    private final RandomGenerator random;
    private final Map<Multiaddr, Votes> addresses = new LinkedHashMap<>();
    private final Votes whole;
    private final Map<PeerId, Instant> asked = new LinkedHashMap<>();
    private Instant due;
    private boolean proving;

    ReachabilityModel(AutonatOptions options, RandomGenerator random, Instant now) {
        this.options = options;
        this.random = random;
        this.whole = new Votes(NEEDED_V1, options.lifetime());
        this.due = now.plus(jittered(options.first()));
    }

    /** The addresses to look after from now on, those that matter most first. What is known of them stays. */
    void addresses(List<Multiaddr> current, Instant now) {
        var before = new HashMap<>(addresses);
        addresses.clear();
        current.stream().limit(MAX_ADDRESSES).forEach(address -> addresses.put(address,
                before.getOrDefault(address, new Votes(NEEDED_V2, options.lifetime()))));
        if (!before.keySet().containsAll(addresses.keySet())) {
            hurry(now);
        }
    }

    /** Something has changed that makes the next question worth asking sooner, such as a peer that is new. */
    void hurry(Instant now) {
        if (!sure(now)) {
            due = earlier(due, now.plus(jittered(options.retry())));
        }
    }

    /** When {@link #next} is worth a call. */
    Instant due() {
        return due;
    }

    /** The next question, if it is time for one and somebody is there who has not answered it. */
    Optional<Probe> next(List<Server> servers, Instant now) {
        if (now.isBefore(due)) {
            return Optional.empty();
        }
        due = now.plus(jittered(options.retry()));
        proving = servers.stream().anyMatch(Server::v2);
        List<Server> rested = servers.stream().filter(server -> hasRested(server, now)).toList();
        Optional<Probe> probe = pick(rested.stream().filter(Server::v2).map(s -> new Probe(s, 2, open(s, now))).toList());
        if (probe.isEmpty() && !proving) {
            probe = pick(rested.stream().filter(s -> s.v1() && isStale(whole, s, now))
                    .map(s -> new Probe(s, 1, List.copyOf(addresses.keySet()))).toList());
        }
        probe.ifPresent(p -> remember(p.server().peer(), now));
        return probe;
    }

    /** What came of the question. */
    void done(Probe probe, Answer answer, Instant now) {
        String voter = probe.server().voter();
        switch (answer) {
            case Answer.Dialled dialled -> {
                Votes votes = addresses.get(dialled.address());
                if (votes != null) {
                    votes.add(voter, dialled.reached(), now);
                }
            }
            case Answer.DialledAll all -> whole.add(voter, all.reached(), now);
            case Answer.Nothing nothing -> {
                // another peer is asked next
            }
        }
        due = now.plus(jittered(sure(now) ? options.refresh() : options.retry()));
    }

    /** The peer as a whole: as its best address; by version 1 where version 2 has nothing to say. */
    Reach reach(Instant now) {
        var all = reachOfEach(now);
        if (all.containsValue(Reach.PUBLIC)) {
            return Reach.PUBLIC;
        }
        boolean none = !all.isEmpty() && all.values().stream().allMatch(reach -> reach == Reach.PRIVATE);
        return none ? Reach.PRIVATE : whole.reach(now);
    }

    /** Each address, in the order given. */
    Map<Multiaddr, Reach> reachOfEach(Instant now) {
        var all = new LinkedHashMap<Multiaddr, Reach>();
        addresses.forEach((address, votes) -> all.put(address, votes.reach(now)));
        return all;
    }

    /** How sure an address is, 0 to {@value Votes#MAX_CONFIDENCE}. */
    int confidence(Multiaddr address, Instant now) {
        Votes votes = addresses.get(address);
        return votes == null ? 0 : votes.confidence(now);
    }

    /** How sure version 1 is, 0 to {@value Votes#MAX_CONFIDENCE}. */
    int confidence(Instant now) {
        return whole.confidence(now);
    }

    /** The addresses that a server's network has said nothing about lately, the unsure ones first. */
    private List<Multiaddr> open(Server server, Instant now) {
        List<Multiaddr> open = addresses.entrySet().stream().filter(e -> isStale(e.getValue(), server, now))
                .map(Map.Entry::getKey).toList();
        List<Multiaddr> unsure = open.stream().filter(a -> confidence(a, now) < Votes.MAX_CONFIDENCE).toList();
        return unsure.isEmpty() ? open : unsure;
    }

    private boolean isStale(Votes votes, Server server, Instant now) {
        return votes.heard(server.voter()).isBefore(now.minus(options.refresh()));
    }

    private Optional<Probe> pick(List<Probe> probes) {
        List<Probe> useful = probes.stream().filter(probe -> !probe.addresses().isEmpty()).toList();
        return useful.isEmpty() ? Optional.empty() : Optional.of(useful.get(random.nextInt(useful.size())));
    }

    private boolean sure(Instant now) {
        boolean all = addresses.values().stream().allMatch(v -> v.confidence(now) == Votes.MAX_CONFIDENCE);
        return all || !proving && whole.confidence(now) == Votes.MAX_CONFIDENCE;
    }

    private boolean hasRested(Server server, Instant now) {
        Instant last = asked.get(server.peer());
        return last == null || !last.plus(options.rest()).isAfter(now);
    }

    private void remember(PeerId peer, Instant now) {
        asked.values().removeIf(at -> !at.plus(options.rest()).isAfter(now));
        asked.remove(peer);
        asked.put(peer, now);
        if (asked.size() > MAX_ASKED) {
            asked.remove(asked.keySet().iterator().next());
        }
    }

    private Duration jittered(Duration wait) {
        return Duration.ofNanos((long) (wait.toNanos() * (0.8 + 0.4 * random.nextDouble())));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
