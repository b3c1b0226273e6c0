// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerRecord;
import io.peerwerk.core.multiformats.Multiaddr;

/**
 * This peer's own signed record, made anew when the addresses are others. Its number is the time in milliseconds, or
 * one more than the last one where the clock has not moved on: so it grows over restarts too, with nothing kept on
 * disk. Thread-safe.
 */
final class OwnRecord {

    private final Identity identity;
    private final InstantSource clock;
    private @Nullable PeerRecord record;
    private @Nullable ByteBuffer sealed;

    OwnRecord(Identity identity, InstantSource clock) {
        this.identity = identity;
        this.clock = clock;
    }

    /** The envelope of a record with these addresses; read-only. */
    synchronized ByteBuffer sealed(List<Multiaddr> addresses) {
        PeerRecord before = record;
        ByteBuffer current = sealed;
        if (before == null || current == null || !before.addresses().equals(addresses)) {
            long next = before == null ? 0 : before.sequence() + 1;
            var fresh = new PeerRecord(identity.id(), Math.max(clock.millis(), next), addresses);
            current = ByteBuffer.wrap(fresh.seal(identity).toBytes()).asReadOnlyBuffer();
            record = fresh;
            sealed = current;
        }
        return current;
    }
}
