// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.virtual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.internal.cyclon.Cyclon;
import io.peerwerk.gossip.internal.cyclon.CyclonAction;
import io.peerwerk.gossip.internal.cyclon.CyclonCodec;
import io.peerwerk.gossip.internal.cyclon.CyclonInput;
import io.peerwerk.gossip.internal.cyclon.CyclonOptions;
import io.peerwerk.gossip.internal.cyclon.Entry;
import io.peerwerk.gossip.internal.wire.Contact;

/** Cyclon peers on a {@link VirtualNetwork}. Every message goes through the codec. */
public final class VirtualCyclon {

    private static final long TIMEOUT = 400;

    public final VirtualNetwork network;
    private final CyclonOptions options;
    private final Map<Integer, Peer> peers = new HashMap<>();
    private final Map<PeerId, Integer> numbers = new HashMap<>();

    /** What an attacker answers to a shuffle. */
    public BiFunction<Integer, List<Entry>, List<Entry>> attack = (number, entries) -> List.of();
    public final Set<Integer> attackers = new HashSet<>();

    public VirtualCyclon(VirtualNetwork network, CyclonOptions options) {
        this.network = network;
        this.options = options;
    }

    private final class Peer {
        final int number;
        final Cyclon cyclon;
        boolean up = true;

        Peer(int number) {
            this.number = number;
            this.cyclon = new Cyclon(Peers.contact(number), options, network.random());
        }

        List<CyclonAction> handle(CyclonInput input) {
            if (!up) {
                return List.of();
            }
            List<CyclonAction> actions = cyclon.handle(input);
            for (CyclonAction action : actions) {
                if (action instanceof CyclonAction.Wake(long millis)) {
                    network.after(millis, () -> handle(new CyclonInput.Tick()));
                } else if (action instanceof CyclonAction.Ask ask) {
                    network.after(TIMEOUT, () -> handle(new CyclonInput.Failed(ask.ticket())));
                    shuffle(number, numbers.getOrDefault(ask.to().id(), -1), ask.entries(),
                            answer -> handle(new CyclonInput.Answered(ask.ticket(), answer)));
                }
            }
            return actions;
        }

        /** The answer, or null if it is refused. */
        List<Entry> receive(int from, List<Entry> entries) {
            if (attackers.contains(number)) {
                return attack.apply(number, entries);
            }
            for (CyclonAction action : handle(new CyclonInput.Received(Peers.id(from), entries, 0))) {
                if (action instanceof CyclonAction.Answer(long ticket, List<Entry> answer)) {
                    return answer;
                }
            }
            return null;
        }
    }

    /** Carries a shuffle to a peer and its answer back, if nothing is in the way. */
    public void shuffle(int from, int to, List<Entry> entries, Consumer<List<Entry>> answered) {
        byte[] request = CyclonCodec.encode(entries);
        network.send(from, to, () -> {
            Peer asked = peers.get(to);
            List<Entry> answer = asked == null || !asked.up ? null : asked.receive(from, decode(request));
            if (answer != null) {
                byte[] message = CyclonCodec.encode(answer);
                network.send(to, from, () -> answered.accept(decode(message)));
            }
        });
    }

    private static List<Entry> decode(byte[] message) {
        try {
            return CyclonCodec.decode(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts peers 0 to count-1. Each but the first knows one that started before it. */
    public void start(int count) {
        var random = network.random();
        for (int i = 0; i < count; i++) {
            start(i, i == 0 ? 0 : random.nextInt(i));
        }
    }

    public void start(int number, int knows) {
        var peer = new Peer(number);
        peers.put(number, peer);
        numbers.put(Peers.id(number), number);
        peer.handle(new CyclonInput.Seed(Peers.contact(knows)));
        network.after(network.random().nextLong(options.periodMillis()), () -> peer.handle(new CyclonInput.Tick()));
    }

    public void crash(int number) {
        peers.get(number).up = false;
    }

    public Collection<Integer> up() {
        return peers.values().stream().filter(peer -> peer.up && !attackers.contains(peer.number))
                .map(peer -> peer.number).sorted().toList();
    }

    public List<Integer> view(int number) {
        return peers.get(number).cyclon.view().stream().map(Contact::id)
                .map(id -> numbers.getOrDefault(id, -1)).toList();
    }

    private Views views() {
        return new Views(up(), this::view);
    }

    /** How many views each peer stands in, of those that are up. */
    public int[] inDegrees() {
        return views().inDegrees();
    }

    public static double standardDeviation(int[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(Arrays.stream(values).mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow());
    }

    /** The size of the largest set of peers that are up and hang together by their views, in either direction. */
    public int largestComponent() {
        return views().largestComponent();
    }

    /** The share of places in the views of peers that are up which hold such a peer. */
    public double share(IntPredicate which) {
        return views().share(which);
    }

    public boolean isUp(int number) {
        Peer peer = peers.get(number);
        return peer != null && peer.up;
    }
}
