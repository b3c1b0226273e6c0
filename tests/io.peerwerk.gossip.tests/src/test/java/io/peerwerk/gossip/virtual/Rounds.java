// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.virtual;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;
import java.util.function.ToLongBiFunction;
import java.util.random.RandomGenerator;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.internal.cycle.CycleAction;
import io.peerwerk.gossip.internal.cycle.CycleInput;
import io.peerwerk.gossip.internal.cycle.CycleProtocol;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * Many peers of one protocol that works in cycles, without a network: in each round every peer ticks once, in random
 * order, and its exchange is over at once. This is the model that the papers compute with.
 */
public final class Rounds<M, P extends CycleProtocol<M>> {

    /** How long an exchange takes. */
    public ToLongBiFunction<Integer, Integer> nanos = (from, to) -> 1_000_000;

    private final List<P> peers = new ArrayList<>();
    private final List<Contact> contacts = new ArrayList<>();
    private final Map<PeerId, Integer> numbers = new HashMap<>();
    private final RandomGenerator random;

    /** The random peers that a tick brings: one of all, at first. */
    public IntFunction<List<Contact>> sample;

    /** Peers that are there; the others neither tick nor answer. */
    public boolean[] up;

    /** What a peer says instead of what its protocol says, to whom it asks and who asks it. */
    public interface Lie<M> {
        M instead(int number, M message);
    }

    public Lie<M> lie = (number, message) -> message;

    /** Whether the answer on its way from one peer to the other is lost. */
    public BiPredicate<Integer, Integer> lost = (from, to) -> false;

    public Rounds(int count, RandomGenerator random, IntFunction<P> peer) {
        this.random = random;
        this.up = new boolean[count];
        for (int i = 0; i < count; i++) {
            Contact contact = Peers.contact(i);
            contacts.add(contact);
            numbers.put(contact.id(), i);
            peers.add(peer.apply(i));
            up[i] = true;
        }
        sample = number -> List.of(contacts.get(other(number)));
    }

    /** Any other peer. */
    public int other(int number) {
        int other = random.nextInt(peers.size() - 1);
        return other < number ? other : other + 1;
    }

    public P peer(int number) {
        return peers.get(number);
    }

    /** Another life of the peer. */
    public P replace(int number, P peer) {
        peers.set(number, peer);
        return peer;
    }

    public List<P> peers() {
        return peers;
    }

    public Contact contact(int number) {
        return contacts.get(number);
    }

    public int number(PeerId id) {
        return numbers.get(id);
    }

    public void run(int rounds) {
        int[] order = new int[peers.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < order.length; i++) {
                int j = random.nextInt(i, order.length);
                int swapped = order[i];
                order[i] = order[j];
                order[j] = swapped;
                if (up[order[i]]) {
                    tick(order[i]);
                }
            }
        }
    }

    private void tick(int number) {
        P peer = peers.get(number);
        for (CycleAction<M> action : peer.handle(new CycleInput.Tick<>(sample.apply(number)))) {
            if (action instanceof CycleAction.Ask<M> ask) {
                int to = numbers.get(ask.to().id());
                M answer = ask(number, to, ask.message());
                if (answer == null) {
                    peer.handle(new CycleInput.Failed<>(ask.ticket()));
                } else {
                    peer.handle(new CycleInput.Answered<>(ask.ticket(), answer, nanos.applyAsLong(number, to)));
                }
            }
        }
    }

    private M ask(int from, int to, M message) {
        if (!up[to]) {
            return null;
        }
        var received = new CycleInput.Received<>(contacts.get(from).id(), lie.instead(from, message), 0);
        for (CycleAction<M> action : peers.get(to).handle(received)) {
            if (action instanceof CycleAction.Answer<M>(long ticket, M answer)) {
                return lost.test(to, from) ? null : lie.instead(to, answer);
            }
        }
        return null;
    }
}
