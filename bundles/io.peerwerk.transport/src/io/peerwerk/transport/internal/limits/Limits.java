// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.limits;

/**
 * The limits of all scopes. Made by one of the presets, then changed where a user wants something else.
 *
 * @param system       everything together. Memory: an eighth of heap and direct buffers, since the other modules need
 *                     the rest; more lets more streams be slow at once, less ends them sooner. Connections: as many as
 *                     their {@link #CONNECTION} bytes fit half of the memory, and half of the descriptors; incoming
 *                     ones up to three quarters of that, so that a flood leaves room to dial. Descriptors: three
 *                     quarters of the machine's, the rest is for files
 * @param transients   links that are not secure yet and streams without a protocol. Memory: an eighth of the system's,
 *                     at least 16 MiB.
 *                     More withstands greater crowds at the door, less leaves more to those who are in
 * @param protocol     all streams of one protocol. Memory: half of the system's, so that no module starves the others
 * @param peer         one peer, all its connections. Memory: a quarter of the system's, between 16 and 256 MiB; several
 *                     peers are needed to fill the system. Connections: 8; two arise when both dial at the same time,
 *                     more when a peer has lost its end of some without this end noticing yet
 * @param peerProtocol streams of one protocol with one peer; protocols can ask for less
 * @param connection   one connection with its streams. Memory: all of its peer's, so that as many streams as may be can
 *                     have their first windows full on a machine with 2 GiB of heap. Streams: what its peer may have
 *                     under way on it, handlers included; js-libp2p opens 1,000 at most
 * @param stream       one stream. Memory: up to 48 MiB, so that the part of it which windows may grow by has room for
 *                     the largest one of 16 MiB
 */
public record Limits(Limit system, Limit transients, Limit protocol, Limit peer, Limit peerProtocol, Limit connection,
        Limit stream) {

    /**
     * Bytes that a connection counts for while it is open: one message of its secure channel that has come in part (up
     * to 64 KiB, and the largest of a handshake is smaller). Its tables and control frames take 10 KiB.
     */
    public static final long CONNECTION = 64 * 1024;

    /** Bytes that a stream counts for beside its buffers: its state at both layers and the stack of its handler. */
    public static final long STREAM = 4 * 1024;

    private static final long MIB = 1 << 20;
    private static final int STREAMS_IN = 512;
    private static final int STREAMS_OUT = 1000;
    private static final int PEER_CONNECTIONS = 8;
    private static final int MAX_CONNECTIONS = 16_384;

    /** Scaled to the machine this runs on. */
    public static Limits scaled() {
        return of(Machine.here());
    }

    /** Scaled to a machine. */
    public static Limits of(Machine machine) {
        long memory = Math.max(32 * MIB, (machine.heap() + machine.direct()) / 8);
        int connections = (int) Math.clamp(memory / 2 / CONNECTION, 16,
                Math.clamp(machine.descriptors() / 2, 16, MAX_CONNECTIONS));
        return ofMemory(memory).atMost(connections, STREAMS_IN).descriptors(machine.descriptors() / 4 * 3);
    }

    /** For a peer that shall hardly be felt: 64 MiB and 128 connections, whatever the machine has. */
    public static Limits small() {
        return ofMemory(64 * MIB).atMost(128, 256).descriptors(256);
    }

    /** Everything that depends on the memory alone. */
    public static Limits ofMemory(long memory) {
        long peer = Math.clamp(memory / 4, Math.min(16 * MIB, memory), 256 * MIB);
        return new Limits(Limit.ofMemory(memory), Limit.ofMemory(Math.max(Math.min(16 * MIB, memory / 2), memory / 8)),
                Limit.ofMemory(memory / 2),
                Limit.ofMemory(peer).streams(2 * STREAMS_IN, 2 * STREAMS_OUT, 2 * (STREAMS_IN + STREAMS_OUT))
                        .connections(PEER_CONNECTIONS, PEER_CONNECTIONS, PEER_CONNECTIONS),
                Limit.ofMemory(peer),
                Limit.ofMemory(peer).streams(STREAMS_IN, STREAMS_OUT, STREAMS_IN + STREAMS_OUT),
                Limit.ofMemory(Math.min(peer, 48 * MIB)));
    }

    /** The same with other limits of connections on the host and of incoming streams on a connection. */
    public Limits atMost(int connections, int streamsIn) {
        return new Limits(system.connections(Math.max(1, connections * 3 / 4), connections, connections), transients,
                protocol, peer, peerProtocol,
                connection.streams(streamsIn, connection.streamsOut(), streamsIn + connection.streamsOut()), stream);
    }

    /** The same with another limit of connections with one peer. */
    public Limits perPeer(int connections) {
        return new Limits(system, transients, protocol, peer.connections(connections, connections, connections),
                peerProtocol, connection, stream);
    }

    /** The same with another limit of memory for the host, and what depends on it. */
    public Limits memory(long bytes) {
        return ofMemory(bytes).atMost(system.connections(), connection.streamsIn()).descriptors(system.descriptors());
    }

    private Limits descriptors(int count) {
        return new Limits(system.descriptors(count), transients, protocol, peer, peerProtocol, connection, stream);
    }
}
