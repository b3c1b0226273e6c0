// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.virtual;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.gossip.internal.cycle.CycleAction;
import io.peerwerk.gossip.internal.cycle.CycleInput;
import io.peerwerk.gossip.internal.cycle.CycleProtocol;
import io.peerwerk.gossip.internal.cycle.WireFormat;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * Peers of one protocol that works in cycles, on a {@link VirtualNetwork}. One message of
 * sixteen goes through the codec: the others would be the same, and would cost most of the time.
 */
public final class VirtualCycles<M> {

    private static final long TIMEOUT = 400;

    public final VirtualNetwork network;
    private final WireFormat<M> format;
    private final SplittableRandom random;
    private final Map<Integer, CycleProtocol<M>> peers = new HashMap<>();
    private final Map<PeerId, Integer> numbers = new HashMap<>();
    private final Set<Integer> down = new HashSet<>();
    private long refused;
    private long messages;

    /** The random peers that a tick brings; by default none. */
    public IntFunction<List<Contact>> sample = number -> List.of();

    /** What an attacker answers, instead of what its protocol would: the asked peer's number and the request. */
    public interface Attack<M> {
        @Nullable
        M answer(int number, M request);
    }

    public Attack<M> attack = (number, request) -> null;
    public final Set<Integer> attackers = new HashSet<>();

    public VirtualCycles(VirtualNetwork network, WireFormat<M> format) {
        this.network = network;
        this.format = format;
        this.random = network.random();
    }

    /** Starts a peer, its first tick within so many milliseconds. */
    public void start(int number, CycleProtocol<M> protocol, long within) {
        peers.put(number, protocol);
        numbers.put(Peers.id(number), number);
        network.after(random.nextLong(within), () -> tick(number));
    }

    public void crash(int number) {
        down.add(number);
    }

    public boolean isUp(int number) {
        return peers.containsKey(number) && !down.contains(number);
    }

    /** The peers that are up and honest. */
    public List<Integer> up() {
        return peers.keySet().stream().filter(i -> isUp(i) && !attackers.contains(i)).sorted().toList();
    }

    public int number(PeerId id) {
        return numbers.getOrDefault(id, -1);
    }

    public long refused() {
        return refused;
    }

    private void tick(int number) {
        handle(number, new CycleInput.Tick<>(sample.apply(number)));
    }

    private List<CycleAction<M>> handle(int number, CycleInput<M> input) {
        if (!isUp(number)) {
            return List.of();
        }
        List<CycleAction<M>> actions = peers.get(number).handle(input);
        for (CycleAction<M> action : actions) {
            if (action instanceof CycleAction.Wake<M>(long millis)) {
                network.after(millis, () -> tick(number));
            } else if (action instanceof CycleAction.Ask<M> ask) {
                network.after(TIMEOUT, () -> handle(number, new CycleInput.Failed<>(ask.ticket())));
                if (!attackers.contains(number)) {
                    ask(number, number(ask.to().id()), ask.message(), answer -> handle(number,
                            new CycleInput.Answered<>(ask.ticket(), answer, 1_000_000)));
                }
            }
        }
        return actions;
    }

    /** Carries a request to a peer and its answer back, if nothing is in the way. */
    public void ask(int from, int to, M message, Consumer<M> answered) {
        network.send(from, to, () -> {
            M answer = isUp(to) ? receive(from, to, carried(message)) : null;
            if (answer != null) {
                network.send(to, from, () -> answered.accept(carried(answer)));
            }
        });
    }

    private @Nullable M receive(int from, int to, M request) {
        if (attackers.contains(to)) {
            return attack.answer(to, request);
        }
        for (CycleAction<M> action : handle(to, new CycleInput.Received<>(Peers.id(from), request, 0))) {
            if (action instanceof CycleAction.Answer<M>(long ticket, M answer)) {
                return answer;
            }
        }
        refused++;
        return null;
    }

    private M carried(M message) {
        if (messages++ % 16 != 0) {
            return message;
        }
        try {
            return format.decoder().decode(format.encoder().encode(message));
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }
}
