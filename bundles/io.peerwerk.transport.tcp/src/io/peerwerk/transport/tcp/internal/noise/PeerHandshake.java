// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.noise;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.spi.SecureChannel;
import io.peerwerk.transport.spi.Secured;

/**
 * The handshake of two libp2p peers: XX, with payloads that prove who is there. A message in, a message out; no I/O.
 *
 * <pre>
 *   initiator:  start() ─▶ 1     receive(2) ─▶ 3, done
 *   responder:                   receive(1) ─▶ 2          receive(3) ─▶ nothing, done
 * </pre>
 */
public final class PeerHandshake {

    private static final byte[] NOTHING = {};

    private final SecureChannel.Task task;
    private final KeyPair noiseKey;
    private final XxHandshake xx;
    private @Nullable Secured result;

    /**
     * @param noiseKey  this end's static Noise key
     * @param ephemeral a fresh key
     */
    public PeerHandshake(SecureChannel.Task task, KeyPair noiseKey, KeyPair ephemeral) {
        this.task = task;
        this.noiseKey = noiseKey;
        this.xx = new XxHandshake(task.initiator(), noiseKey, ephemeral, NOTHING);
    }

    /** The first message, if it is this end's to send. */
    public Optional<byte[]> start() throws FormatException {
        return task.initiator() ? Optional.of(xx.write(NOTHING)) : Optional.empty();
    }

    /** Takes a message; gives the answer, if there is one. */
    public Optional<byte[]> receive(byte[] message) throws FormatException {
        byte[] payload = xx.read(message);
        boolean first = !task.initiator() && xx.writesNext();
        if (!first) {
            verify(HandshakePayload.parse(payload));
        }
        return xx.writesNext() ? Optional.of(xx.write(ownPayload())) : Optional.empty();
    }

    private byte[] ownPayload() {
        return HandshakePayload.sign(task.identity(), noiseKey.publicKey(), task.muxers()).toBytes();
    }

    private void verify(HandshakePayload payload) throws FormatException {
        if (!payload.binds(xx.remoteStatic())) {
            throw new FormatException("the peer's signature does not fit its key");
        }
        PeerId peer = payload.key().toPeerId();
        if (task.expected().isPresent() && !task.expected().get().equals(peer)) {
            throw new FormatException("another peer is there: " + peer);
        }
        result = new Secured(peer, payload.key(), muxer(payload.muxers()));
    }

    /** The first muxer of the initiator's list that both offer; none where one of them negotiates later. */
    private Optional<String> muxer(List<String> theirs) throws FormatException {
        if (theirs.isEmpty() || task.muxers().isEmpty()) {
            return Optional.empty();
        }
        List<String> initiators = task.initiator() ? task.muxers() : theirs;
        List<String> responders = task.initiator() ? theirs : task.muxers();
        return Optional.of(initiators.stream().filter(responders::contains).findFirst()
                .orElseThrow(() -> new FormatException("the peer speaks none of the muxers offered")));
    }

    /** Whether the handshake is over. */
    public boolean done() {
        return xx.done() && result != null;
    }

    /** Who is there, after the handshake. */
    public Secured result() {
        Secured secured = result;
        if (secured == null || !xx.done()) {
            throw new IllegalStateException("the handshake is not done");
        }
        return secured;
    }

    /** The cipher for what this end sends, after the handshake. */
    public CipherState sending() {
        return xx.sending();
    }

    /** The cipher for what this end receives, after the handshake. */
    public CipherState receiving() {
        return xx.receiving();
    }
}
