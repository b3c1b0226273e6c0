// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.record;

import java.time.Instant;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.routing.internal.wire.KadRecord;

/** {@code /ipns/}: signed by the peer and not run out. The higher sequence is better, then the later end. */
final class NameValidator implements Validator {

    @Override
    public Rank check(KadRecord record, Instant now) throws FormatException {
        PeerId name = Validators.peer(Validators.NAME, record.key());
        IpnsEntry entry = IpnsEntry.open(record.value().bytes(), name);
        var rank = new Rank(entry.sequence(), entry.validity());
        if (rank.isOver(now)) {
            throw new FormatException("a record that has run out");
        }
        return rank;
    }
}
