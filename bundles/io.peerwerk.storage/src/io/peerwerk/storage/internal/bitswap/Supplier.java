// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import io.peerwerk.core.identity.PeerId;

/** A connected peer from which blocks may come. Bounded: numbers only. */
final class Supplier {

    final PeerId peer;
    final Version version;
    /** Blocks that it was asked to send, and wants of all kinds that it has been told. */
    int sending;
    int told;
    /** When it last sent a block that it was asked for, or was asked while it had nothing to send. */
    long progress;
    /** Times it let a block wait, since it last sent one. */
    int failures;
    boolean proven;
    /** Blocks that nobody asked for, less those that came as asked. */
    int offences;

    Supplier(PeerId peer, Version version) {
        this.peer = peer;
        this.version = version;
    }

    /** The less the better: blocks it has to send before, and more for one that lets others wait. */
    long load() {
        return (1L + sending) * (1L + failures);
    }

    /** It has sent a block that was wanted. */
    void delivers(long now) {
        progress = now;
        failures = 0;
        proven = true;
        offences = Math.max(0, offences - 1);
    }
}
