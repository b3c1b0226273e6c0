// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.pubsub.internal.wire.MessageId;
import io.peerwerk.pubsub.internal.wire.Rpc;
import io.peerwerk.pubsub.internal.wire.Rpc.Control;
import io.peerwerk.pubsub.internal.wire.Rpc.IHave;
import io.peerwerk.pubsub.internal.wire.Rpc.Prune;
import io.peerwerk.pubsub.internal.wire.Rpc.Subscription;

/** Subscriptions and control in records of a length that peers of all makes take. */
final class ControlRecords {

    /**
     * Bytes of one record. rust-libp2p ends a stream with more than 16 KiB of control in one record. Shorter ones would
     * be more in number, of which nobody heeds more than ten with offers a heartbeat.
     */
    static final int MAX_BYTES = 16 * 1024;

    /** Bytes up to which a record is filled: the rest is for the name of a topic that comes again, and for framing. */
    private static final int FILLED = MAX_BYTES - 1_024;

    /** What stands around an entry, and around an id; at most. */
    private static final int ENTRY = 16;
    private static final int FIELD = 4;

    private final List<Rpc> records = new ArrayList<>();
    private Part part = new Part();

    private static final class Part {
        final List<Subscription> subscriptions = new ArrayList<>();
        final List<IHave> ihave = new ArrayList<>();
        final List<MessageId> iwant = new ArrayList<>();
        final List<String> graft = new ArrayList<>();
        final List<Prune> prune = new ArrayList<>();
        final List<MessageId> idontwant = new ArrayList<>();
        int size;

        Rpc toRpc() {
            return new Rpc(subscriptions, List.of(), new Control(ihave, iwant, graft, prune, idontwant));
        }
    }

    private ControlRecords() {
    }

    /** A record without messages as one or several, what must not be lost first; none if it is empty. */
    static List<Rpc> of(Rpc whole) {
        if (whole.isEmpty()) {
            return List.of();
        }
        if (size(whole) <= FILLED) {
            return List.of(whole);
        }
        var in = new ControlRecords();
        Control control = whole.control();
        whole.subscriptions().forEach(each -> in.room(size(each.topic())).subscriptions.add(each));
        control.graft().forEach(topic -> in.room(size(topic)).graft.add(topic));
        control.prune().forEach(each -> in.room(size(each)).prune.add(each));
        control.iwant().forEach(id -> in.room(size(id)).iwant.add(id));
        control.idontwant().forEach(id -> in.room(size(id)).idontwant.add(id));
        control.ihave().forEach(in::add);
        in.records.add(in.part.toRpc());
        return in.records;
    }

    private Part room(int size) {
        if (part.size + size > FILLED && part.size > 0) {
            records.add(part.toRpc());
            part = new Part();
        }
        part.size += size;
        return part;
    }

    private void add(IHave offer) {
        Part in = room(size(offer.topic()));
        List<MessageId> ids = new ArrayList<>();
        in.ihave.add(new IHave(offer.topic(), ids));
        for (MessageId id : offer.ids()) {
            Part next = room(size(id));
            if (next != in) {
                ids = new ArrayList<>();
                next.ihave.add(new IHave(offer.topic(), ids));
                next.size += size(offer.topic());
                in = next;
            }
            ids.add(id);
        }
    }

    // ---- lengths, never too small

    private static int size(Rpc rpc) {
        Control control = rpc.control();
        int size = sizes(control.iwant()) + sizes(control.idontwant());
        for (Subscription each : rpc.subscriptions()) {
            size += size(each.topic());
        }
        for (IHave offer : control.ihave()) {
            size += size(offer.topic()) + sizes(offer.ids());
        }
        for (String topic : control.graft()) {
            size += size(topic);
        }
        for (Prune each : control.prune()) {
            size += size(each);
        }
        return size;
    }

    private static int sizes(List<MessageId> ids) {
        int size = 0;
        for (MessageId id : ids) {
            size += size(id);
        }
        return size;
    }

    private static int size(MessageId id) {
        return FIELD + id.length();
    }

    private static int size(String topic) {
        return ENTRY + topic.getBytes(StandardCharsets.UTF_8).length;
    }

    private static int size(Prune prune) {
        return size(prune.topic()) + prune.peers().stream()
                .mapToInt(each -> ENTRY + each.peer().toBytes().length + each.addresses().bytes().length).sum();
    }
}
