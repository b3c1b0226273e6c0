// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.Datagrams;
import io.peerwerk.transport.internal.limits.Lease;
import io.peerwerk.transport.internal.limits.Priority;
import io.peerwerk.transport.spi.DatagramLane;

/**
 * Sorts a connection's datagrams by protocol. What comes in waits in one short queue, which one virtual thread at a
 * time empties: a peer that sends faster than its messages are handled loses messages, and costs no more than the
 * queue.
 */
final class ConnectionDatagrams implements Datagrams {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionDatagrams.class);

    /** Messages that wait for their handler; with about 1,200 bytes each, less than 200 KiB a connection. */
    static final int MAX_WAITING = 128;

    /** What a message takes beside its payload. */
    private static final int MESSAGE = 128;

    private final ArrayBlockingQueue<DatagramMessage> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final AtomicBoolean handling = new AtomicBoolean();
    private final DatagramLane lane;
    private final Executor threads;
    private final Lease lease;

    /**
     * @param threads runs the handlers, each task on a virtual thread
     * @param lease   what the messages count for that wait
     */
    ConnectionDatagrams(DatagramLane lane, Executor threads, Lease lease) {
        this.lane = lane;
        this.threads = threads;
        this.lease = lease;
        lane.receive(this::received);
    }

    @Override
    public int maxSize(String protocol) {
        return Math.max(0, lane.maxSize() - DatagramMessage.overhead(protocol));
    }

    @Override
    public boolean send(String protocol, byte[] payload) {
        byte[] datagram = new DatagramMessage(protocol, payload).toBytes();
        return datagram.length <= lane.maxSize() && lane.send(datagram);
    }

    @Override
    public Registration handle(String protocol, Handler handler) {
        String name = new DatagramMessage(protocol, new byte[0]).protocol();
        if (handlers.putIfAbsent(name, handler) != null) {
            throw new IllegalStateException(protocol + " has a handler already");
        }
        return () -> handlers.remove(name, handler);
    }

    /** On the event loop. */
    private void received(byte[] datagram) {
        try {
            DatagramMessage message = DatagramMessage.parse(datagram);
            if (handlers.containsKey(message.protocol()) && lease.reserve(cost(message), Priority.QUEUE)) {
                if (waiting.offer(message)) {
                    wake();
                } else {
                    lease.release(cost(message));
                }
            }
        } catch (FormatException e) {
            LOG.debug("dropped a datagram: {}", e.getMessage());
        }
    }

    private static long cost(DatagramMessage message) {
        return MESSAGE + message.payload().length;
    }

    private void wake() {
        if (handling.compareAndSet(false, true)) {
            try {
                threads.execute(this::handleAll);
            } catch (RejectedExecutionException e) {
                waiting.clear();
            }
        }
    }

    private void handleAll() {
        for (DatagramMessage next = waiting.poll(); next != null; next = waiting.poll()) {
            Handler handler = handlers.get(next.protocol());
            if (handler != null) {
                handle(handler, next);
            }
            lease.release(cost(next));
        }
        handling.set(false);
        if (!waiting.isEmpty()) {
            wake();
        }
    }

    private static void handle(Handler handler, DatagramMessage message) {
        try {
            handler.handle(message.payload());
        } catch (RuntimeException e) {
            LOG.warn("the handler of {} datagrams failed", message.protocol(), e);
        }
    }
}
