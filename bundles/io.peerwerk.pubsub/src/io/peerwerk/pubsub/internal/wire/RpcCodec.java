// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.wire;

import java.util.ArrayList;
import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.pubsub.internal.wire.Rpc.Control;
import io.peerwerk.pubsub.internal.wire.Rpc.Exchanged;
import io.peerwerk.pubsub.internal.wire.Rpc.IHave;
import io.peerwerk.pubsub.internal.wire.Rpc.Prune;
import io.peerwerk.pubsub.internal.wire.Rpc.Subscription;

/** Records as bytes. */
public final class RpcCodec {

    private static final int SUBSCRIPTIONS = 1;
    private static final int MESSAGES = 2;
    private static final int CONTROL = 3;

    private static final int IHAVE = 1;
    private static final int IWANT = 2;
    private static final int GRAFT = 3;
    private static final int PRUNE = 4;
    private static final int IDONTWANT = 5;

    private RpcCodec() {
    }

    // ---- writing

    /** The record in bytes. */
    public static byte[] encode(Rpc rpc) {
        var out = new ProtoWriter();
        rpc.subscriptions().forEach(s -> out.message(SUBSCRIPTIONS,
                new ProtoWriter().bool(1, s.subscribe()).string(2, s.topic())));
        rpc.messages().forEach(message -> out.bytes(MESSAGES, message.toBytes()));
        if (!rpc.control().isEmpty()) {
            out.message(CONTROL, write(rpc.control()));
        }
        return out.toBytes();
    }

    private static ProtoWriter write(Control control) {
        var out = new ProtoWriter();
        control.ihave().forEach(offer -> out.message(IHAVE,
                ids(new ProtoWriter().string(1, offer.topic()), 2, offer.ids())));
        if (!control.iwant().isEmpty()) {
            out.message(IWANT, ids(new ProtoWriter(), 1, control.iwant()));
        }
        control.graft().forEach(topic -> out.message(GRAFT, new ProtoWriter().string(1, topic)));
        control.prune().forEach(prune -> out.message(PRUNE, write(prune)));
        if (!control.idontwant().isEmpty()) {
            out.message(IDONTWANT, ids(new ProtoWriter(), 1, control.idontwant()));
        }
        return out;
    }

    private static ProtoWriter write(Prune prune) {
        var out = new ProtoWriter().string(1, prune.topic());
        for (Exchanged exchanged : prune.peers()) {
            var info = new ProtoWriter().bytes(1, exchanged.peer().toBytes());
            out.message(2, exchanged.addresses().isEmpty() ? info : info.bytes(2, exchanged.addresses().bytes()));
        }
        return prune.backoffSeconds() == 0 ? out : out.uint(3, prune.backoffSeconds());
    }

    private static ProtoWriter ids(ProtoWriter out, int field, List<MessageId> ids) {
        ids.forEach(id -> out.bytes(field, id.bytes()));
        return out;
    }

    // ---- reading

    /**
     * Reads a record.
     *
     * @throws FormatException if it is malformed, or holds more than {@link WireLimits} allow
     */
    public static Rpc decode(byte[] bytes) throws FormatException {
        if (bytes.length > WireLimits.MAX_RPC) {
            throw new FormatException("a record of " + bytes.length + " bytes is longer than " + WireLimits.MAX_RPC);
        }
        var in = new ProtoReader(bytes);
        List<Subscription> subscriptions = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        var control = new ControlReader();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case SUBSCRIPTIONS -> add(subscriptions, subscription(in.message(bytes.length)),
                        WireLimits.MAX_SUBSCRIPTIONS);
                case MESSAGES -> add(messages, Message.read(in.message(bytes.length)), WireLimits.MAX_MESSAGES);
                case CONTROL -> control.read(in.message(bytes.length));
                default -> in.skip();
            }
        }
        return new Rpc(subscriptions, messages, control.toControl());
    }

    private static <T> void add(List<T> list, T entry, int limit) throws FormatException {
        if (list.size() >= limit) {
            throw new FormatException("a record with more than " + limit + " entries of a kind");
        }
        list.add(entry);
    }

    private static Subscription subscription(ProtoReader in) throws FormatException {
        boolean subscribe = false;
        String topic = "";
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> subscribe = in.bool();
                case 2 -> topic = in.string(WireLimits.MAX_TOPIC);
                default -> in.skip();
            }
        }
        return new Subscription(topic, subscribe);
    }

    /** Collects control; a record may hold several, which add up and share the limits. */
    private static final class ControlReader {
        private final List<IHave> ihave = new ArrayList<>();
        private final List<MessageId> iwant = new ArrayList<>();
        private final List<String> graft = new ArrayList<>();
        private final List<Prune> prune = new ArrayList<>();
        private final List<MessageId> idontwant = new ArrayList<>();
        private int offered;
        private int exchanged;

        void read(ProtoReader in) throws FormatException {
            for (int field = in.next(); field != 0; field = in.next()) {
                switch (field) {
                    case IHAVE -> add(ihave, ihave(in.message(WireLimits.MAX_RPC)), WireLimits.MAX_CONTROL);
                    case IWANT -> ids(in.message(WireLimits.MAX_RPC), iwant);
                    case GRAFT -> add(graft, topic(in.message(WireLimits.MAX_RPC)), WireLimits.MAX_CONTROL);
                    case PRUNE -> add(prune, prune(in.message(WireLimits.MAX_RPC)), WireLimits.MAX_CONTROL);
                    case IDONTWANT -> ids(in.message(WireLimits.MAX_RPC), idontwant);
                    default -> in.skip();
                }
            }
        }

        Control toControl() {
            return new Control(ihave, iwant, graft, prune, idontwant);
        }

        private IHave ihave(ProtoReader in) throws FormatException {
            String topic = "";
            List<MessageId> ids = new ArrayList<>();
            for (int field = in.next(); field != 0; field = in.next()) {
                switch (field) {
                    case 1 -> topic = in.string(WireLimits.MAX_TOPIC);
                    case 2 -> offered += id(in, ids, WireLimits.MAX_IDS - offered);
                    default -> in.skip();
                }
            }
            return new IHave(topic, ids);
        }

        private static void ids(ProtoReader in, List<MessageId> ids) throws FormatException {
            for (int field = in.next(); field != 0; field = in.next()) {
                if (field == 1) {
                    id(in, ids, WireLimits.MAX_IDS - ids.size());
                }
            }
        }

        /** Reads an id if there is room for it, and gives how many it has read. */
        private static int id(ProtoReader in, List<MessageId> ids, int room) throws FormatException {
            if (room <= 0) {
                in.skip();
                return 0;
            }
            ids.add(MessageId.of(in.bytes(WireLimits.MAX_ID)));
            return 1;
        }

        private static String topic(ProtoReader in) throws FormatException {
            String topic = "";
            for (int field = in.next(); field != 0; field = in.next()) {
                if (field == 1) {
                    topic = in.string(WireLimits.MAX_TOPIC);
                }
            }
            return topic;
        }

        private Prune prune(ProtoReader in) throws FormatException {
            String topic = "";
            List<Exchanged> peers = new ArrayList<>();
            long backoff = 0;
            for (int field = in.next(); field != 0; field = in.next()) {
                switch (field) {
                    case 1 -> topic = in.string(WireLimits.MAX_TOPIC);
                    case 2 -> {
                        ProtoReader info = in.message(WireLimits.MAX_RPC);
                        if (exchanged < WireLimits.MAX_EXCHANGED) {
                            exchanged++;
                            peers.add(exchanged(info));
                        }
                    }
                    case 3 -> backoff = in.uint();
                    default -> in.skip();
                }
            }
            return new Prune(topic, peers, backoff);
        }

        private static Exchanged exchanged(ProtoReader in) throws FormatException {
            byte[] peer = {};
            Sealed addresses = Sealed.NOTHING;
            for (int field = in.next(); field != 0; field = in.next()) {
                switch (field) {
                    case 1 -> peer = in.bytes(WireLimits.MAX_PEER);
                    case 2 -> addresses = new Sealed(in.bytes(WireLimits.MAX_RECORD));
                    default -> in.skip();
                }
            }
            return new Exchanged(PeerId.read(peer), addresses);
        }
    }
}
