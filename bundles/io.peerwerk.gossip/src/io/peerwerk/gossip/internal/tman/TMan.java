// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.tman;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.internal.cycle.Callers;
import io.peerwerk.gossip.internal.cycle.CycleAction;
import io.peerwerk.gossip.internal.cycle.CycleInput;
import io.peerwerk.gossip.internal.cycle.CycleProtocol;
import io.peerwerk.gossip.internal.cycle.Jitter;
import io.peerwerk.gossip.internal.wire.Contact;

/** One peer's part of T-Man, see the package description. A pure state machine. Not thread-safe. */
public final class TMan implements CycleProtocol<List<Node>> {

    private static final long NONE = -1;

    /** Exchanges of others that a peer takes part in within a cycle. In some topologies peers are popular. */
    private static final int EXCHANGES_TAKEN = 32;

    private final Preference preference;
    private final TManOptions options;
    private final RandomGenerator random;
    private final Callers callers = new Callers(EXCHANGES_TAKEN);
    /** Those that did not answer, the latest last. */
    private final Set<PeerId> gone = new LinkedHashSet<>();
    private Node self;

    /** The best neighbours first; the first {@code size} places are taken. */
    private Node[] view;
    private int size;
    /** The last random peers from outside. */
    private Node[] others = {};

    private int cycle;
    private long ticket = NONE;
    private long lastTicket;
    private @Nullable Node partner;

    public TMan(Contact self, Preference preference, TManOptions options, RandomGenerator random) {
        this.self = Node.of(self, Coordinates.ORIGIN);
        this.preference = preference;
        this.options = options;
        this.random = random;
        this.view = new Node[options.viewSize()];
    }

    /** The present neighbours, the best first. */
    public List<Node> view() {
        return List.copyOf(Arrays.asList(view).subList(0, size));
    }

    public Node self() {
        return self;
    }

    /** This peer itself is now reached at other addresses. */
    public void moved(List<Multiaddr> addresses) {
        self = new Node(new Contact(self.id(), addresses), self.key(), self.coordinates());
    }

    /** A peer is known to be gone. */
    public void drop(PeerId peer) {
        forget(peer);
    }

    @Override
    public List<CycleAction<List<Node>>> handle(CycleInput<List<Node>> input) {
        return switch (input) {
            case CycleInput.Tick<List<Node>>(List<Contact> sample) -> startCycle(sample);
            case CycleInput.Received<List<Node>>(PeerId from, List<Node> nodes, long asked) ->
                    List.of(answer(from, nodes, asked));
            case CycleInput.Answered<List<Node>>(long answered, List<Node> nodes, long nanos) -> {
                if (answered == ticket) {
                    finish(nodes, nanos);
                }
                yield List.of();
            }
            case CycleInput.Failed<List<Node>>(long failed) -> {
                fail(failed);
                yield List.of();
            }
        };
    }

    private List<CycleAction<List<Node>>> startCycle(List<Contact> sample) {
        fail(ticket); // an exchange still under way has taken a whole cycle: too long
        callers.clear();
        others = sample.stream().limit(options.messageSize()).filter(contact -> !contact.id().equals(self.id()))
                .map(contact -> Node.of(contact, Coordinates.ORIGIN)).toArray(Node[]::new);
        if (size < view.length) {
            take(others, others.length);
        }
        var wake = new CycleAction.Wake<List<Node>>(Jitter.around(options.periodMillis(), random));
        if (size == 0) {
            return List.of(wake);
        }
        cycle++;
        boolean explores = options.exploreEvery() > 0 && cycle % options.exploreEvery() == 0 && others.length > 0;
        Node chosen = explores ? others[random.nextInt(others.length)]
                : view[random.nextInt(Math.min(size, options.partners()))];
        partner = chosen;
        ticket = ++lastTicket;
        return List.of(new CycleAction.Ask<>(chosen.contact(), nodesFor(chosen), ticket), wake);
    }

    private CycleAction<List<Node>> answer(PeerId from, List<Node> nodes, long asked) {
        if (nodes.isEmpty() || !nodes.getFirst().id().equals(from)) {
            return new CycleAction.Refuse<>(asked, "the sender does not come first");
        }
        List<Node> answer = nodesFor(nodes.getFirst());
        gone.remove(from); // it is there after all
        if (!callers.contains(from) && callers.add(from)) {
            take(nodes.toArray(Node[]::new), nodes.size());
        } // else it asks too often: an answer, or it would take us for dead, but nothing is taken
        return new CycleAction.Answer<>(asked, answer);
    }

    private void finish(List<Node> nodes, long nanos) {
        Node asked = partner;
        endExchange();
        if (asked == null || nodes.isEmpty() || !nodes.getFirst().id().equals(asked.id())) {
            return;
        }
        double angle = random.nextDouble() * 2 * Math.PI;
        self = self.at(self.coordinates().moved(nodes.getFirst().coordinates(), nanos / 1e6, angle));
        take(nodes.toArray(Node[]::new), nodes.size());
    }

    private void fail(long failed) {
        Node asked = partner;
        if (failed == ticket && asked != null) {
            endExchange();
            forget(asked.id());
            gone.add(asked.id());
            if (gone.size() > options.tombstones()) {
                gone.remove(gone.iterator().next());
            }
        }
    }

    private void endExchange() {
        ticket = NONE;
        partner = null;
    }

    private void forget(PeerId peer) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!view[i].id().equals(peer)) {
                view[kept++] = view[i];
            }
        }
        Arrays.fill(view, kept, size, null);
        size = kept;
    }

    /** This peer, and of those it knows the best neighbours for another one. */
    private List<Node> nodesFor(Node other) {
        Node[] nodes = new Node[size + others.length];
        int count = join(nodes, 0, view, size, other);
        count = join(nodes, count, others, others.length, other);
        int best = Math.min(count, options.messageSize() - 1);
        preference.arrange(other, nodes, count, best);
        Node[] sent = new Node[best + 1];
        sent[0] = self;
        System.arraycopy(nodes, 0, sent, 1, best);
        return List.of(sent);
    }

    /** Joins nodes with the view and keeps the best. */
    private void take(Node[] nodes, int number) {
        Node[] all = Arrays.copyOf(view, size + number);
        int before = size;
        int count = join(all, before, nodes, number, self);
        size = Math.min(count, view.length);
        preference.arrange(self, all, count, size);
        System.arraycopy(all, 0, view, 0, size);
    }

    /**
     * Appends nodes to different ones, without those that are there, who instead become what is now said of them, and
     * without one peer and those that are gone; says how many there are then.
     */
    private int join(Node[] to, int count, Node[] nodes, int number, Node without) {
        int end = count;
        for (int i = 0; i < number; i++) {
            Node node = nodes[i];
            if (node.isSamePeer(without) || !gone.isEmpty() && gone.contains(node.id())) {
                continue;
            }
            int place = 0;
            while (place < end && !to[place].isSamePeer(node)) {
                place++;
            }
            if (place == end) {
                to[end++] = node;
            } else if (!node.coordinates().equals(Coordinates.ORIGIN)) {
                to[place] = node;
            }
        }
        return end;
    }
}
