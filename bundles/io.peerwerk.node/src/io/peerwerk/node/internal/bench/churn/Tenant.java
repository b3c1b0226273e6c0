// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.churn;

/** A peer that lives or has lived. */
final class Tenant {

    private final ChurnPeer peer;
    private final long born = System.nanoTime();
    private volatile boolean alive = true;

    Tenant(ChurnPeer peer) {
        this.peer = peer;
    }

    ChurnPeer peer() {
        return peer;
    }

    /** When it was there. */
    long born() {
        return born;
    }

    boolean isAlive() {
        return alive;
    }

    /** Its death begins. */
    void die() {
        alive = false;
    }
}
