// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.peerwerk.core.wire.FormatException;

/**
 * Asks a gateway over PCP. Each port's mapping has a nonce of its own, chosen by chance: who does not see the datagrams
 * cannot forge an answer, nor take the mapping away (RFC 6887, 11).
 */
final class PcpMapper implements PortMapper {

    private final GatewaySocket socket;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Epoch epoch = new Epoch();
    private final Map<Port, byte[]> nonces = new HashMap<>();

    PcpMapper(InetSocketAddress gateway, int tries, InstantSource clock, SecureRandom random) throws IOException {
        this.socket = new GatewaySocket(gateway, tries);
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String name() {
        return "PCP";
    }

    @Override
    public Grant map(Port port, int external, Duration lifetime) throws IOException {
        Pcp.Answer answer = ask(port, external, lifetime);
        boolean restarted = epoch.restarted(answer.epoch(), clock.instant());
        if (answer.lifetime() == 0 || answer.external() == 0) {
            throw new IOException("the gateway gives nothing");
        }
        return new Grant(new InetSocketAddress(answer.address(), answer.external()),
                Duration.ofSeconds(answer.lifetime()), restarted);
    }

    @Override
    public void unmap(Port port, int external) throws IOException {
        ask(port, external, Duration.ZERO);
        nonces.remove(port);
    }

    private Pcp.Answer ask(Port port, int external, Duration lifetime) throws IOException {
        byte[] nonce = nonces.computeIfAbsent(port, any -> {
            byte[] fresh = new byte[Pcp.NONCE];
            random.nextBytes(fresh);
            return fresh;
        });
        byte[] question = Pcp.ask(nonce, socket.local(), port, external, (int) lifetime.toSeconds());
        Optional<Pcp.Answer> answer = socket.ask(question, datagram -> mine(datagram, nonce, port));
        if (answer.isEmpty()) {
            throw new IOException("the gateway speaks NAT-PMP only");
        }
        if (answer.get().result() != 0) {
            throw new IOException("the gateway refuses, " + Pcp.reason(answer.get().result()));
        }
        return answer.get();
    }

    /** The answer to a question; an empty one if the gateway does not know PCP; none if it is another datagram. */
    private static Optional<Optional<Pcp.Answer>> mine(byte[] datagram, byte[] nonce, Port port)
            throws FormatException {
        if (NatPmp.isWhatPcpGets(datagram)) {
            return Optional.of(Optional.empty());
        }
        Pcp.Answer answer = Pcp.parse(ByteBuffer.wrap(datagram));
        boolean matches = MessageDigest.isEqual(answer.nonce(), nonce) && answer.port().equals(port);
        return matches ? Optional.of(Optional.of(answer)) : Optional.empty();
    }

    @Override
    public void close() {
        socket.close();
    }
}
