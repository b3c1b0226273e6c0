// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import io.peerwerk.nat.internal.mapping.NatPmp.Answer;

/** Asks a gateway over NAT-PMP. */
final class NatPmpMapper implements PortMapper {

    private final GatewaySocket socket;
    private final InstantSource clock;
    private final Epoch epoch = new Epoch();

    NatPmpMapper(InetSocketAddress gateway, int tries, InstantSource clock) throws IOException {
        this.socket = new GatewaySocket(gateway, tries);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "NAT-PMP";
    }

    @Override
    public Grant map(Port port, int external, Duration lifetime) throws IOException {
        Answer.Address outer = (Answer.Address) accepted(socket.ask(NatPmp.askAddress(), datagram -> {
            Answer answer = NatPmp.parse(ByteBuffer.wrap(datagram));
            boolean mine = answer instanceof Answer.Address || answer instanceof Answer.Refused r && r.operation() == 0;
            return mine ? Optional.of(answer) : Optional.empty();
        }));
        boolean restarted = epoch.restarted(outer.epoch(), clock.instant());
        Answer.Mapped mapped = ask(port, external, lifetime);
        if (mapped.lifetime() == 0 || mapped.external() == 0) {
            throw new IOException("the gateway gives nothing");
        }
        restarted |= epoch.restarted(mapped.epoch(), clock.instant());
        return new Grant(new InetSocketAddress(outer.address(), mapped.external()),
                Duration.ofSeconds(mapped.lifetime()), restarted);
    }

    @Override
    public void unmap(Port port, int external) throws IOException {
        ask(port, 0, Duration.ZERO);
    }

    private Answer.Mapped ask(Port port, int external, Duration lifetime) throws IOException {
        byte[] question = NatPmp.ask(port, external, (int) lifetime.toSeconds());
        return (Answer.Mapped) accepted(socket.ask(question, datagram -> {
            Answer answer = NatPmp.parse(ByteBuffer.wrap(datagram));
            boolean mine = answer instanceof Answer.Mapped m && m.port().equals(port)
                    || answer instanceof Answer.Refused r && r.operation() == question[1];
            return mine ? Optional.of(answer) : Optional.empty();
        }));
    }

    private static Answer accepted(Answer answer) throws IOException {
        if (answer instanceof Answer.Refused refused) {
            throw new IOException("the gateway refuses, " + NatPmp.reason(refused.result()));
        }
        return answer;
    }

    @Override
    public void close() {
        socket.close();
    }
}
