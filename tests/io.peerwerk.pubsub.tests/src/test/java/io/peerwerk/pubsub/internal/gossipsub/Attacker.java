// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.Peers;
import io.peerwerk.pubsub.internal.wire.MessageId;
import io.peerwerk.pubsub.internal.wire.Rpc;
import io.peerwerk.pubsub.internal.wire.Rpc.Control;
import io.peerwerk.pubsub.internal.wire.Rpc.IHave;
import io.peerwerk.pubsub.internal.wire.Rpc.Subscription;

/** Gets into every mesh that takes it, and passes nothing on. Some also offer messages that there are none of. */
final class Attacker implements VirtualNetwork.Node {

    private static final int GRAFT_EVERY = 70;

    private final VirtualNetwork network;
    private final boolean spams;
    private final PeerId id = Peers.id();
    private final Set<PeerId> victims = new LinkedHashSet<>();
    private int beats;

    Attacker(VirtualNetwork network, boolean spams) {
        this.network = network;
        this.spams = spams;
    }

    static List<Attacker> some(VirtualNetwork network, int count, boolean spams) {
        List<Attacker> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var attacker = new Attacker(network, spams);
            network.add(attacker);
            all.add(attacker);
        }
        return all;
    }

    @Override
    public PeerId id() {
        return id;
    }

    @Override
    public void joined(PeerId other, boolean outbound) {
        victims.add(other);
        network.send(id, other, new Rpc(List.of(new Subscription(VirtualNetwork.TOPIC, true)), List.of(),
                new Control(List.of(), List.of(), List.of(VirtualNetwork.TOPIC), List.of(), List.of())));
    }

    @Override
    public void received(PeerId from, Rpc rpc) {
        // The best an attacker can do here: say nothing, so that it is taken for a partner.
    }

    /** Grafts again when every back-off has passed: more often would be noticed. */
    @Override
    public void heartbeat() {
        if (++beats % GRAFT_EVERY == 0) {
            victims.forEach(victim -> network.send(id, victim, Rpc.of(
                    new Control(List.of(), List.of(), List.of(VirtualNetwork.TOPIC), List.of(), List.of()))));
        }
        if (spams) {
            victims.forEach(victim -> network.send(id, victim, Rpc.of(
                    new Control(List.of(new IHave(VirtualNetwork.TOPIC, invented())), List.of(), List.of(), List.of(),
                            List.of()))));
        }
    }

    private List<MessageId> invented() {
        List<MessageId> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            byte[] name = new byte[46];
            network.random.nextBytes(name);
            ids.add(MessageId.of(name));
        }
        return ids;
    }
}
