// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.pubsub.internal.Peers;
import io.peerwerk.pubsub.internal.wire.Message;
import io.peerwerk.pubsub.internal.wire.MessageSignature;
import io.peerwerk.pubsub.internal.wire.Rpc;
import io.peerwerk.pubsub.internal.wire.Rpc.Control;
import io.peerwerk.pubsub.internal.wire.Rpc.Subscription;
import io.peerwerk.pubsub.internal.wire.RpcCodec;
import io.peerwerk.pubsub.internal.wire.WireLimits;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.tcp.internal.YamuxMuxer;

/** A peer without a router: says what a test tells it to, and keeps what it hears. */
final class ScriptedPeer implements AutoCloseable {

    private static final String PROTOCOL = "/meshsub/1.2.0";

    private final Identity identity = Peers.identity();
    private final TcpTransport transport = new TcpTransport();
    private final SwitchHost host = new SwitchHost(identity, HostOptions.local(), List.of(transport),
            List.of(new NoiseChannel()), List.of(new YamuxMuxer()));
    private final BlockingQueue<Rpc> coming = new LinkedBlockingQueue<>();
    private final List<Rpc> heard = new CopyOnWriteArrayList<>();
    private final Connection connection;
    private final Stream stream;

    ScriptedPeer(Multiaddr other) throws IOException {
        host.handle(PROTOCOL, this::listen);
        connection = host.connect(other);
        stream = connection.open(PROTOCOL);
    }

    private void listen(Stream from) throws IOException {
        for (byte[] frame = Frames.readOrEnd(from.input(), WireLimits.MAX_RPC); frame != null;
                frame = Frames.readOrEnd(from.input(), WireLimits.MAX_RPC)) {
            Rpc rpc = RpcCodec.decode(frame);
            heard.add(rpc);
            coming.add(rpc);
        }
    }

    PeerId id() {
        return host.id();
    }

    /** Subscribes to a topic and grafts. */
    static Rpc grafting(String topic) {
        return new Rpc(List.of(new Subscription(topic, true)), List.of(),
                new Control(List.of(), List.of(), List.of(topic), List.of(), List.of()));
    }

    Message message(String topic, long sequence, int size) {
        return MessageSignature.seal(identity, sequence, topic, new byte[size]);
    }

    void say(Rpc rpc) throws IOException {
        Frames.write(stream.output(), RpcCodec.encode(rpc));
        stream.output().flush();
    }

    /** Waits until the other end has dealt with what was said: what comes in order is read in order. */
    void ping() throws IOException {
        host.ping(connection.peer());
    }

    /** Waits for a record. */
    Rpc hear(Predicate<Rpc> wanted) throws InterruptedException {
        while (true) {
            Rpc next = coming.poll(RunningPubSub.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("it did not come; heard " + heard);
            }
            if (wanted.test(next)) {
                return next;
            }
        }
    }

    List<Rpc> heard() {
        return heard;
    }

    @Override
    public void close() {
        host.close();
        transport.close();
    }
}
