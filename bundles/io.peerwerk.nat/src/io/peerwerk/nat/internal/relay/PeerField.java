// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * The record {@code Peer} of both protocols. It can name addresses of the peer too; they are not looked at, since a
 * relay dials nobody for others.
 */
final class PeerField {

    private static final int MAX_ID = 128;

    private PeerField() {
    }

    static ProtoWriter write(PeerId id) {
        return new ProtoWriter().bytes(1, id.toBytes());
    }

    static PeerId read(ProtoReader in) throws FormatException {
        PeerId id = null;
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == 1) {
                id = PeerId.read(in.bytes(MAX_ID));
            } else {
                in.skip();
            }
        }
        if (id == null) {
            throw new FormatException("a peer without an id");
        }
        return id;
    }
}
