// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.dcutr;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.nat.internal.relay.RelayPeer;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.ConnectionListener;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.spi.Swarm;
import io.peerwerk.transport.spi.Transport;
import io.peerwerk.transport.quic.internal.QuicTransport;
import io.peerwerk.transport.tcp.internal.TcpTransport;

/**
 * A peer in a process of its own, one line of JSON for everything that happens; ends with its standard input.
 *
 * <pre>
 *   relay  TRANSPORT ADDRESS                relays for others
 *   hidden TRANSPORT ADDRESS RELAY          is reached through the relay, echoes
 *   dial   TRANSPORT ADDRESS RELAY TARGET   connects with the target through the relay, waits for the direct connection
 * </pre>
 */
public final class PunchingNode {

    static final String ECHO = "/interop/echo/1.0.0";

    private static final int BYTES = 1 << 20;
    private static final long PATIENCE_SECONDS = 60;

    private final RelayPeer peer;
    private final SwitchHost host;

    private PunchingNode(RelayPeer peer) {
        this.peer = peer;
        this.host = peer.host();
    }

    private static Transport transport(String name, Identity identity) {
        return name.equals("tcp") ? new TcpTransport() : new QuicTransport(identity);
    }

    public static void main(String[] arguments) throws Exception {
        String role = arguments[0];
        Identity identity = Identity.generate(new SecureRandom());
        HostOptions options = HostOptions.standard().listeningOn(List.of(Multiaddr.parse(arguments[2])));
        RelayPeer peer = RelayPeer.of(identity, options, transport(arguments[1], identity),
                role.equals("relay"));
        var node = new PunchingNode(peer);
        switch (role) {
            case "relay" -> node.relay(arguments[2]);
            case "hidden" -> node.hide(Multiaddr.parse(arguments[3]));
            default -> node.dial(Multiaddr.parse(arguments[3]), Multiaddr.parse(arguments[4]));
        }
        System.in.transferTo(OutputStream.nullOutputStream());
        peer.close();
        System.exit(0);
    }

    private void relay(String address) {
        say("ready", "\"address\":\"" + address + "/p2p/" + host.id() + '"');
    }

    private void hide(Multiaddr relay) throws IOException {
        host.handle(ECHO, stream -> stream.input().transferTo(stream.output()));
        host.listen(new ConnectionListener() {
            @Override
            public void opened(Connection connection) {
                if (!connection.peer().equals(relay.peer().orElseThrow())) {
                    say(connection.relayed() ? "relayed" : "direct", described(connection));
                }
            }
        });
        punch(relay);
        Multiaddr way = relay.encapsulate(Multiaddr.of("/p2p-circuit"));
        host.listenOn(way);
        say("ready", "\"address\":\"" + way.withPeer(host.id()) + '"');
    }

    private void dial(Multiaddr relay, Multiaddr target) throws Exception {
        var direct = new CompletableFuture<Connection>();
        host.listen(new ConnectionListener() {
            @Override
            public void opened(Connection connection) {
                if (connection.peer().equals(target.peer().orElseThrow()) && !connection.relayed()) {
                    direct.complete(connection);
                }
            }
        });
        punch(relay);
        say("relayed", described(host.connect(target)));
        say("direct", described(direct.get(PATIENCE_SECONDS, TimeUnit.SECONDS)));
        try (Stream stream = host.open(target.peer().orElseThrow(), ECHO)) {
            byte[] sent = new byte[BYTES];
            var sending = CompletableFuture.runAsync(() -> write(stream, sent));
            byte[] back = stream.input().readAllBytes();
            sending.join();
            say("echo", described(stream.connection()) + ",\"bytes\":" + back.length);
        }
    }

    private static void write(Stream stream, byte[] bytes) {
        try {
            stream.output().write(bytes);
            stream.output().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Learns from the relay where this peer is seen, and is ready for hole punches from then on. */
    private void punch(Multiaddr relay) throws IOException {
        host.connect(relay);
        Multiaddr seen = host.identify(relay.peer().orElseThrow()).observedAddress().orElseThrow();
        say("seen", "\"address\":\"" + seen + '"');
        if (host.observed().isEmpty()) {
            host.announce(seen);
        }
        new HolePuncher(host, told(), new Candidates(false));
    }

    /** The host's swarm; says how peers are to be met. */
    private Swarm told() {
        return (Swarm) Proxy.newProxyInstance(Swarm.class.getClassLoader(), new Class<?>[] {Swarm.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("connect")) {
                        say("meet", "\"mode\":\"" + arguments[2] + '"');
                    }
                    try {
                        return method.invoke(host, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static String described(Connection connection) {
        return "\"address\":\"" + connection.remoteAddress() + "\",\"isRelayed\":" + connection.relayed()
                + ",\"initiator\":" + connection.initiator();
    }

    private static void say(String event, String more) {
        System.out.println("{\"ev\":\"" + event + "\"," + more + '}');
        System.out.flush();
    }
}
