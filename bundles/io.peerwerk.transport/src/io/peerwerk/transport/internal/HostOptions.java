// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.time.Duration;
import java.util.List;

import io.peerwerk.core.multiformats.Multiaddr;

/**
 * The settings of a host.
 *
 * @param listen           addresses to listen on; port 0 lets the system choose one, which is kept for as long as the
 *                         host lives
 * @param agent            how identify names this software
 * @param dialTimeout      the longest wait for one connect call, all its addresses together. Longer reaches peers
 *                         behind slow links, shorter tells sooner that a peer is gone
 * @param handshakeTimeout the longest an incoming link may take until it is secure and muxed; what takes longer is a
 *                         peer that holds a slot and says nothing
 * @param dialStagger      head start of an address over the next one of the same peer
 * @param maxConnections   connections at most, both directions; each costs up to about 20 KiB when idle. Incoming ones
 *                         are taken up to three quarters of it, so that a flood leaves room to dial
 * @param maxPending       incoming links whose handshake is under way; when there are more, the oldest gives way
 * @param maxStreams       streams at most that a peer may have under way on one connection, handlers included
 * @param identify         whether new peers are asked who they are, so that their addresses are known
 */
public record HostOptions(List<Multiaddr> listen, String agent, Duration dialTimeout, Duration handshakeTimeout,
        Duration dialStagger, int maxConnections, int maxPending, int maxStreams, boolean identify) {

    /** Copies the list. */
    public HostOptions {
        listen = List.copyOf(listen);
    }

    /** For a peer on any network; listens nowhere until told. */
    public static HostOptions standard() {
        return new HostOptions(List.of(), "peerwerk/0.1.0", Duration.ofSeconds(10), Duration.ofSeconds(10),
                Duration.ofMillis(250), 1024, 128, 512, true);
    }

    /** For peers on one machine: listens on a free port of IPv4 loopback. */
    public static HostOptions local() {
        return standard().listeningOn(List.of(Multiaddr.of("/ip4/127.0.0.1/tcp/0")));
    }

    /** The same with other addresses. */
    public HostOptions listeningOn(List<Multiaddr> addresses) {
        return new HostOptions(addresses, agent, dialTimeout, handshakeTimeout, dialStagger, maxConnections, maxPending,
                maxStreams, identify);
    }

    /** The same with other time limits for dials and handshakes. */
    public HostOptions within(Duration dial, Duration handshake) {
        return new HostOptions(listen, agent, dial, handshake, dialStagger, maxConnections, maxPending, maxStreams,
                identify);
    }

    /** The same with other limits of connections, pending handshakes and streams. */
    public HostOptions atMost(int connections, int pending, int streams) {
        return new HostOptions(listen, agent, dialTimeout, handshakeTimeout, dialStagger, connections, pending, streams,
                identify);
    }

    /** The same, with or without asking new peers who they are. */
    public HostOptions identifying(boolean on) {
        return new HostOptions(listen, agent, dialTimeout, handshakeTimeout, dialStagger, maxConnections, maxPending,
                maxStreams, on);
    }
}
