// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Datagrams;
import io.peerwerk.transport.Host;

/**
 * Short messages as datagrams, where a connection carries those: one packet there and one back, which no lost packet
 * before them can hold up, and no stream to open and to end.
 *
 * <pre>
 *   varint  number of the question, times two, plus one in its answer
 *   message the rest
 * </pre>
 *
 * <p>A question is asked once, and the answer counts only from the peer that was asked; who gets none in time asks over
 * a stream. Questions come in on threads of the network and go through the {@link Doorkeeper}.
 */
final class Postcards implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Postcards.class);

    /** The longest number in front of a message. */
    private static final int HEAD = 10;

    /** Takes a question on a thread of the network; the answer may come later, and must fit into so many bytes. */
    @FunctionalInterface
    interface Handler {
        void handle(PeerId from, byte[] message, int room, Consumer<byte[]> answer) throws FormatException;
    }

    private record Question(PeerId to, Consumer<byte[]> answered) {
    }

    private final Host host;
    private final Loop loop;
    private final String protocol;
    private final Doorkeeper doorkeeper;
    private final Handler handler;
    private final Map<Connection, Registration> lanes = new ConcurrentHashMap<>();

    // On the loop.
    private final Map<Long, Question> open = new HashMap<>();
    private long lastNumber;

    Postcards(Host host, Loop loop, String protocol, Doorkeeper doorkeeper, Handler handler) {
        this.host = host;
        this.loop = loop;
        this.protocol = protocol;
        this.doorkeeper = doorkeeper;
        this.handler = handler;
    }

    /** Takes what comes over a connection from now on; any thread. */
    void attach(Connection connection) {
        connection.datagrams().ifPresent(lane -> lanes.computeIfAbsent(connection,
                c -> lane.handle(protocol, payload -> received(c.peer(), lane, payload))));
        if (!connection.isOpen()) {
            detach(connection); // it has gone meanwhile, perhaps before anybody could say so
        }
    }

    /** The connection is gone. */
    void detach(Connection connection) {
        Registration lane = lanes.remove(connection);
        if (lane != null) {
            lane.close();
        }
    }

    /**
     * On the loop: asks, if the connection there is takes datagrams and the message fits into one.
     *
     * @param answered gets the answer on the loop, if one comes before {@link #forget}
     * @return the number to forget it by; 0 if it cannot be asked this way
     */
    long ask(PeerId peer, byte[] message, Consumer<byte[]> answered) {
        Datagrams lane = host.connection(peer).flatMap(Connection::datagrams).orElse(null);
        if (lane == null || message.length > lane.maxSize(protocol) - HEAD) {
            return 0;
        }
        long number = ++lastNumber;
        if (!lane.send(protocol, numbered(2 * number, message))) {
            return 0;
        }
        open.put(number, new Question(peer, answered));
        return number;
    }

    /** On the loop: the answer is not waited for any more. */
    void forget(long number) {
        open.remove(number);
    }

    private void received(PeerId from, Datagrams lane, byte[] payload) {
        if (!doorkeeper.admits(from)) {
            return;
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(payload);
            long number = Varint.read(in);
            byte[] message = Arrays.copyOfRange(payload, in.position(), payload.length);
            if (number % 2 == 1) {
                loop.run(() -> answered(from, number / 2, message));
            } else {
                handler.handle(from, message, lane.maxSize(protocol) - HEAD,
                        answer -> lane.send(protocol, numbered(number + 1, answer)));
            }
        } catch (FormatException e) {
            LOG.debug("dropped a datagram of {}: {}", from.brief(), e.getMessage());
        }
    }

    private void answered(PeerId from, long number, byte[] message) {
        Question question = open.get(number);
        if (question != null && question.to().equals(from)) {
            open.remove(number);
            question.answered().accept(message);
        }
    }

    private static byte[] numbered(long number, byte[] message) {
        byte[] head = Varint.encode(number);
        return ByteBuffer.allocate(head.length + message.length).put(head).put(message).array();
    }

    @Override
    public void close() {
        lanes.values().forEach(Registration::close);
        lanes.clear();
    }
}
