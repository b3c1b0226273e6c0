// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.peerwerk.node.internal.control.DhtControl.ContentRequest;
import io.peerwerk.node.internal.control.DhtControl.FoundReport;
import io.peerwerk.node.internal.control.DhtControl.KeyRequest;
import io.peerwerk.node.internal.control.DhtControl.TableReport;
import io.peerwerk.node.internal.control.DhtControl.ValueReport;
import io.peerwerk.node.internal.control.DhtControl.ValueRequest;

/** Asks a node about the distributed hash table; calls block as those of {@link ControlClient} do. */
public final class DhtClient {

    private final DhtControl remote;
    private final ControlClient client;

    DhtClient(DhtControl remote, ControlClient client) {
        this.remote = remote;
        this.client = client;
    }

    /** Gives how many peers have been told. */
    public int provide(String cid) throws IOException {
        return client.await(remote.provide(new ContentRequest(cid, 1))).peers();
    }

    public List<FoundReport> findProviders(String cid, int limit) throws IOException {
        return client.await(remote.findProviders(new ContentRequest(cid, limit)));
    }

    public FoundReport findPeer(String peer) throws IOException {
        return client.await(remote.findPeer(new KeyRequest(peer)));
    }

    public List<FoundReport> closest(String key) throws IOException {
        return client.await(remote.closest(new KeyRequest(key)));
    }

    /** Gives how many peers have stored it. */
    public int put(String key, String value, Duration lifetime) throws IOException {
        return client.await(remote.put(new ValueRequest(key, value, lifetime.toMillis()))).peers();
    }

    public ValueReport get(String key) throws IOException {
        return client.await(remote.get(new KeyRequest(key)));
    }

    public List<TableReport> table() throws IOException {
        return client.await(remote.table());
    }
}
