// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.record;

import java.time.Instant;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.routing.internal.wire.KadRecord;

/** {@code /pk/}: the key that the peer id is the hash of. There is but one, so all are equally good. */
final class PublicKeyValidator implements Validator {

    private static final Rank ONLY = new Rank(0, Instant.MAX);

    @Override
    public Rank check(KadRecord record, Instant now) throws FormatException {
        PeerId peer = Validators.peer(Validators.PUBLIC_KEY, record.key());
        if (!PublicKey.parse(record.value().bytes()).toPeerId().equals(peer)) {
            throw new FormatException("a public key of another peer");
        }
        return ONLY;
    }
}
