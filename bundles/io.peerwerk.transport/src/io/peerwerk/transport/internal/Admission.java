// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.internal.gate.Gate;
import io.peerwerk.transport.internal.gate.RefusedException;
import io.peerwerk.transport.internal.gate.Rules;
import io.peerwerk.transport.internal.limits.ConnectionLease;
import io.peerwerk.transport.internal.limits.LimitException;
import io.peerwerk.transport.internal.limits.Resources;
import io.peerwerk.transport.spi.Link;

/**
 * What every link passes, before anything is spent on it and again when its peer is known: the gate, then the limits.
 */
final class Admission {

    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final FloodLog full = new FloodLog(LOG);
    private final FloodLog unwanted = new FloodLog(LOG);
    private final FloodLog broken = new FloodLog(LOG);
    private final Resources resources;
    private final Gate gate;

    Admission(HostOptions options) {
        this.resources = new Resources(options.limits());
        this.gate = new Gate(options.rules(), System.nanoTime());
    }

    /** Lets a link in; null if it is not wanted or there is no room. */
    @Nullable ConnectionLease enter(Link link) {
        try {
            Registration place = gate.enter(link.remoteAddress(), System.nanoTime());
            link.channel().closeFuture().addListener(gone -> place.close());
            return resources.open(true, hasDescriptor(link.remoteAddress()));
        } catch (IOException e) {
            refused(link, e);
            return null;
        }
    }

    /** Lets a dial out. */
    ConnectionLease leave(Optional<PeerId> peer, Multiaddr address) throws IOException {
        gate.check(peer, address);
        return resources.open(false, hasDescriptor(address));
    }

    /** Whether a link takes a file descriptor: not over a relay, nor over the socket that QUIC has for all. */
    private static boolean hasDescriptor(Multiaddr address) {
        return !address.has(Protocol.P2P_CIRCUIT) && !address.has(Protocol.UDP);
    }

    /** A peer has proved who it is. */
    void welcome(Link link, PeerId peer) throws RefusedException {
        gate.check(Optional.of(peer), Gate.reached(link));
    }

    boolean wants(SwitchConnection connection) {
        try {
            welcome(connection.link(), connection.peer());
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }

    /** Says why a link that had come is none any more: one line a kind now and then. */
    void refused(Link link, Throwable why) {
        FloodLog log = switch (why) {
            case LimitException e -> full;
            case RefusedException e -> unwanted;
            case FormatException e -> broken;
            default -> null;
        };
        if (log != null) {
            log.info("refused a connection, " + why.getMessage(), link.remoteAddress());
        } else {
            LOG.debug("no connection with {}: {}", link.remoteAddress(), why.toString());
        }
    }

    Resources resources() {
        return resources;
    }

    void rules(Rules rules) {
        gate.rules(rules, System.nanoTime());
    }
}
