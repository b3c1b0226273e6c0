// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the peers closest to a place by asking ever closer ones.
 *
 * <p>The peers that are known at the beginning are dealt to several paths. What a peer answers is known to the path
 * that has asked it alone, and each peer is asked by one path; so a path that has met a liar goes astray and the others
 * do not (S/Kademlia, section 4.4). A path is at its end when the closest peers it knows have answered; the outcome is
 * taken from all.
 *
 * <p>Peers that share a network beyond what {@link Diversity} allows are passed over: the closest ones count. Where a
 * peer is counts only once it has answered there. Whatever others answer, it ends after
 * {@link LookupOptions#maxAsked} questions. Not thread-safe.
 *
 * @see <a href="https://doi.org/10.1109/ICPADS.2007.4447808">S/Kademlia (2007)</a>
 */
public final class Lookup {

    /** Peers that a path remembers, at most; the farthest give way. */
    static final int MAX_KNOWN = 200;

    private enum State { NEW, ASKED, ANSWERED, FAILED }

    /** A peer, as all paths see it. */
    private static final class Node {
        Contact contact;
        State state = State.NEW;
        @Nullable Path path;
        /** The network where it answered; before that, those where it may be. */
        Set<Network> networks;

        Node(Contact contact) {
            this.contact = contact;
            this.networks = Network.of(contact.addresses());
        }

        /** Others tell of more addresses. */
        void learn(List<Multiaddr> addresses) {
            if (!contact.addresses().containsAll(addresses)) {
                contact = merge(contact, addresses);
                networks = Network.of(contact.addresses());
            }
        }

        /** It has answered at the address. */
        void was(Multiaddr address) {
            contact = at(contact, address);
            networks = Network.of(List.of(address));
        }
    }

    /** The peers that one path knows, closest first. */
    private static final class Path {
        final TreeMap<KadKey, Node> known = new TreeMap<>();
        int asked;
    }

    private final KadKey target;
    private final PeerId self;
    private final LookupOptions options;
    private final List<Path> paths = new ArrayList<>();
    private final Map<PeerId, Node> nodes = new HashMap<>();
    private int asked;
    private boolean stopped;

    /** @param seeds the peers to begin with, closest first */
    public Lookup(KadKey target, PeerId self, Collection<Contact> seeds, LookupOptions options) {
        this.target = target;
        this.self = self;
        this.options = options;
        for (int i = 0; i < options.paths(); i++) {
            paths.add(new Path());
        }
        int next = 0;
        for (Contact seed : seeds) {
            learn(paths.get(next++ % paths.size()), seed);
        }
    }

    /** The peers to ask now, which are taken to be asked from here on. */
    public List<Contact> next() {
        List<Contact> now = new ArrayList<>();
        int each = Math.ceilDiv(options.parallel(), paths.size());
        for (Path path : paths) {
            for (Node node : nearest(path.known.values())) {
                if (stopped || asked == options.maxAsked() || path.asked >= each) {
                    break;
                }
                if (node.state == State.NEW) {
                    node.state = State.ASKED;
                    node.path = path;
                    path.asked++;
                    asked++;
                    now.add(node.contact);
                }
            }
        }
        return now;
    }

    /**
     * A peer has answered.
     *
     * @param where  its address on the connection, if it was asked directly
     * @param closer the peers it tells of
     */
    public void answered(PeerId peer, Optional<Multiaddr> where, List<Contact> closer) {
        Node node = settle(peer, State.ANSWERED);
        if (node == null || node.path == null) {
            return;
        }
        where.ifPresent(node::was);
        closer.stream().filter(contact -> !contact.id().equals(self))
                .sorted(Comparator.comparing((Contact contact) -> contact.key().distance(target)))
                .limit(options.count()).forEach(contact -> learn(node.path, contact));
    }

    /** A peer has not answered, or not as it should. */
    public void failed(PeerId peer) {
        settle(peer, State.FAILED);
    }

    private @Nullable Node settle(PeerId peer, State state) {
        Node node = nodes.get(peer);
        if (node == null || node.state != State.ASKED) {
            return null;
        }
        node.state = state;
        if (node.path != null) {
            node.path.asked--;
        }
        return node;
    }

    /** With the address where it was as the first one. */
    private static Contact at(Contact contact, Multiaddr address) {
        List<Multiaddr> addresses = new ArrayList<>(List.of(address));
        contact.addresses().stream().filter(other -> !other.equals(address)).forEach(addresses::add);
        return new Contact(contact.id(), contact.key(), addresses);
    }

    private void learn(Path path, Contact contact) {
        Node node = nodes.computeIfAbsent(contact.id(), id -> new Node(contact));
        if (node.state == State.NEW) {
            node.learn(contact.addresses());
        }
        path.known.putIfAbsent(contact.key().distance(target), node);
        if (path.known.size() > MAX_KNOWN) {
            Node farthest = path.known.pollLastEntry().getValue();
            if (farthest.state == State.NEW && paths.stream().noneMatch(p -> p.known.containsValue(farthest))) {
                nodes.remove(farthest.contact.id());
            }
        }
    }

    /** The addresses that anybody tells, within reason, so that one liar does not make a peer unreachable. */
    private static Contact merge(Contact contact, List<Multiaddr> more) {
        List<Multiaddr> all = new ArrayList<>(contact.addresses());
        more.stream().filter(address -> !all.contains(address)).forEach(all::add);
        return new Contact(contact.id(), contact.key(), all.stream().limit(32).toList());
    }

    /** Those that count: the closest that have not failed, without those whose networks are full of closer ones. */
    private List<Node> nearest(Collection<Node> byDistance) {
        List<Node> nearest = new ArrayList<>();
        Map<Network, Integer> taken = new HashMap<>();
        for (Node node : byDistance) {
            if (nearest.size() == options.count()) {
                break;
            }
            if (node.state == State.FAILED || isCrowded(node, taken)) {
                continue;
            }
            nearest.add(node);
            if (node.state == State.ANSWERED) {
                node.networks.forEach(network -> taken.merge(network, 1, Integer::sum));
            }
        }
        return nearest;
    }

    private boolean isCrowded(Node node, Map<Network, Integer> taken) {
        return !node.networks.isEmpty()
                && node.networks.stream().allMatch(n -> taken.getOrDefault(n, 0) >= options.diversity().perLookup());
    }

    /** Ends it: nobody is asked any more. */
    public void stop() {
        stopped = true;
    }

    /** Whether nothing is to be asked and nothing to be waited for. */
    public boolean isDone() {
        if (stopped) {
            return true;
        }
        for (Path path : paths) {
            boolean open = path.asked > 0 || asked < options.maxAsked()
                    && nearest(path.known.values()).stream().anyMatch(node -> node.state == State.NEW);
            if (open) {
                return false;
            }
        }
        return true;
    }

    /** Whether it has come to its end by itself, so that the closest peers are indeed the closest. */
    public boolean isComplete() {
        return !stopped && asked < options.maxAsked() && isDone();
    }

    /** The closest peers that have answered, closest first. */
    public List<Contact> closest() {
        return all(node -> node.state == State.ANSWERED);
    }

    /** The closest peers that have not failed, whether they were asked or not, closest first. */
    public List<Contact> candidates() {
        return all(node -> node.state != State.FAILED);
    }

    private List<Contact> all(Predicate<Node> wanted) {
        Map<KadKey, Node> union = new TreeMap<>();
        paths.forEach(path -> union.putAll(path.known));
        return nearest(union.values().stream().filter(wanted).toList()).stream().map(node -> node.contact).toList();
    }

    /** What is known of a peer that somebody has told of. */
    public Optional<Contact> find(PeerId peer) {
        return Optional.ofNullable(nodes.get(peer)).map(node -> node.contact);
    }

    /** How many peers have been asked. */
    public int asked() {
        return asked;
    }

    /** The place that is looked for. */
    public KadKey target() {
        return target;
    }

    /** How many peers are known by each path; for tests and figures. */
    Map<Integer, Integer> known() {
        Map<Integer, Integer> sizes = new LinkedHashMap<>();
        paths.forEach(path -> sizes.put(sizes.size(), path.known.size()));
        return sizes;
    }
}
