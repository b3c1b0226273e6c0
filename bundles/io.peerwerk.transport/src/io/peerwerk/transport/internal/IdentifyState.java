// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.Identification;

/** What the two ends of one connection have told each other about themselves. */
final class IdentifyState {

    /** What identify says that can change while a connection lives. */
    record Self(List<Multiaddr> addresses, List<String> protocols) {
    }

    /** Held while the peer is asked. */
    final ReentrantLock asking = new ReentrantLock();
    /** Held while the peer is told. */
    final ReentrantLock telling = new ReentrantLock();
    private volatile @Nullable Identification said;
    private volatile @Nullable Self told;

    /** What the peer said last. */
    Optional<Identification> said() {
        return Optional.ofNullable(said);
    }

    void said(Identification identification) {
        said = identification;
    }

    /** Whether the peer is said to speak a protocol, by itself; true while it has said nothing. */
    boolean maySpeak(String protocol) {
        Identification last = said;
        return last == null || last.protocols().contains(protocol);
    }

    /** Whether the peer was told something else: one that has never asked will hear it all when it does. */
    boolean isOutdated(Self self) {
        Self before = told;
        return before != null && !before.equals(self);
    }

    void told(Self self) {
        told = self;
    }
}
