// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.internal.gate.Rules;
import io.peerwerk.transport.internal.limits.Limits;

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
 * @param maxPending       incoming links whose handshake is under way; when there are more, the oldest gives way
 * @param identify         whether new peers are asked who they are, so that their addresses are known
 * @param limits           what all peers together, and each, may cost
 * @param rules            who is let in and dialled
 * @param bandwidth        how fast bytes may move
 * @param unused           how long a connection that was dialled for bulk data alone stays when nothing uses it; longer
 *                         saves a dial and a trial, shorter saves the peer a connection
 */
public record HostOptions(List<Multiaddr> listen, String agent, Duration dialTimeout, Duration handshakeTimeout,
        Duration dialStagger, int maxPending, boolean identify, Limits limits, Rules rules, Bandwidth bandwidth,
        Duration unused) {

    /** Copies the list. */
    public HostOptions {
        listen = List.copyOf(listen);
    }

    /** For a peer on any network, with limits of this machine; listens nowhere until told. */
    public static HostOptions standard() {
        return new HostOptions(List.of(), "peerwerk/0.1.0", Duration.ofSeconds(10), Duration.ofSeconds(10),
                Duration.ofMillis(250), 128, true, Limits.scaled(), Rules.standard(), Bandwidth.UNLIMITED,
                Duration.ofMinutes(2));
    }

    /**
     * What a configuration says.
     *
     * @throws IllegalArgumentException if that makes no sense; says why
     */
    static HostOptions of(HostSettings settings) {
        Limits limits = Limits.scaled();
        if (settings.memory() > 0) {
            limits = limits.memory(settings.memory());
        }
        if (settings.connections() > 0) {
            limits = limits.atMost(settings.connections(), limits.connection().streamsIn());
        }
        if (settings.peerConnections() > 0) {
            limits = limits.perPeer(settings.peerConnections());
        }
        try {
            return standard().listeningOn(Arrays.stream(settings.listen()).map(Multiaddr::of).toList())
                    .with(limits).with(new Bandwidth(settings.upload(), settings.download(), settings.peerUpload(),
                            settings.peerDownload()))
                    .with(Rules.parse(List.of(settings.allow()), List.of(settings.deny()),
                            List.of(settings.trusted())));
        } catch (FormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** For peers on one machine: listens on a free port of IPv4 loopback. */
    public static HostOptions local() {
        return standard().listeningOn(List.of(Multiaddr.of("/ip4/127.0.0.1/tcp/0")));
    }

    /** The same with other addresses. */
    public HostOptions listeningOn(List<Multiaddr> addresses) {
        return new HostOptions(addresses, agent, dialTimeout, handshakeTimeout, dialStagger, maxPending, identify,
                limits, rules, bandwidth, unused);
    }

    /** The same with other time limits for dials and handshakes. */
    public HostOptions within(Duration dial, Duration handshake) {
        return new HostOptions(listen, agent, dial, handshake, dialStagger, maxPending, identify, limits, rules,
                bandwidth, unused);
    }

    /** The same with other limits of connections, pending handshakes and streams that a peer opens on a connection. */
    public HostOptions atMost(int connections, int pending, int streams) {
        return new HostOptions(listen, agent, dialTimeout, handshakeTimeout, dialStagger, pending, identify,
                limits.atMost(connections, streams), rules, bandwidth, unused);
    }

    /** The same, with or without asking new peers who they are. */
    public HostOptions identifying(boolean on) {
        return new HostOptions(listen, agent, dialTimeout, handshakeTimeout, dialStagger, maxPending, on, limits, rules,
                bandwidth, unused);
    }

    /** The same with other limits. */
    public HostOptions with(Limits other) {
        return new HostOptions(listen, agent, dialTimeout, handshakeTimeout, dialStagger, maxPending, identify, other,
                rules, bandwidth, unused);
    }

    /** The same with other rules. */
    public HostOptions with(Rules other) {
        return new HostOptions(listen, agent, dialTimeout, handshakeTimeout, dialStagger, maxPending, identify, limits,
                other, bandwidth, unused);
    }

    /** The same with other rates. */
    public HostOptions with(Bandwidth other) {
        return new HostOptions(listen, agent, dialTimeout, handshakeTimeout, dialStagger, maxPending, identify, limits,
                rules, other, unused);
    }

    /** The same, with another time for which a connection for bulk data alone stays when nothing uses it. */
    public HostOptions closingUnused(Duration after) {
        return new HostOptions(listen, agent, dialTimeout, handshakeTimeout, dialStagger, maxPending, identify, limits,
                rules, bandwidth, after);
    }
}
