// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import java.util.LinkedHashMap;
import java.util.Map;

import io.peerwerk.core.identity.PeerId;

/** The accounts of those heard most recently. They outlast connections. Not thread-safe. */
public final class Accounts {

    private final Map<PeerId, PeerAccount> accounts;

    /** @param most how many are kept */
    public Accounts(int most) {
        accounts = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<PeerId, PeerAccount> eldest) {
                return size() > most;
            }
        };
    }

    /** The account of a peer. */
    public PeerAccount of(PeerId peer) {
        return accounts.getOrDefault(peer, PeerAccount.EMPTY);
    }

    /** All accounts that are kept, in no order; a copy. */
    public Map<PeerId, PeerAccount> all() {
        return Map.copyOf(accounts);
    }

    /** Blocks went to a peer. */
    void sent(PeerId peer, long bytes, int blocks) {
        accounts.put(peer, of(peer).sent(bytes, blocks));
    }

    /** Blocks came from a peer, and were wanted. */
    public void received(PeerId peer, long bytes, int blocks) {
        accounts.put(peer, of(peer).received(bytes, blocks));
    }
}
