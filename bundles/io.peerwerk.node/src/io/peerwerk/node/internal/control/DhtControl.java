// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.peerwerk.routing.RoutingSnapshot;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a node can be asked about the distributed hash table: part of {@link NodeControl}. Keys are texts like
 * {@code /ipns/12D3…} and {@code /pk/12D3…}, where {@code self} stands for the node's own id, or {@code hex:} and bytes.
 */
public interface DhtControl {

    /** Tells others that this node has the content; answers with how many. */
    @JsonRequest("dht/provide")
    CompletableFuture<ToldReport> provide(ContentRequest request);

    @JsonRequest("dht/findProviders")
    CompletableFuture<List<FoundReport>> findProviders(ContentRequest request);

    @JsonRequest("dht/findPeer")
    CompletableFuture<FoundReport> findPeer(KeyRequest request);

    /** The peers closest to a key, or to a text. */
    @JsonRequest("dht/closest")
    CompletableFuture<List<FoundReport>> closest(KeyRequest request);

    /** Stores a value; for {@code /ipns/self} what the name shall point to, which the node signs. */
    @JsonRequest("dht/put")
    CompletableFuture<ToldReport> put(ValueRequest request);

    @JsonRequest("dht/get")
    CompletableFuture<ValueReport> get(KeyRequest request);

    @JsonRequest("dht/table")
    CompletableFuture<List<TableReport>> table();

    /**
     * @param cid   the content
     * @param limit providers to find; of no meaning elsewhere
     */
    record ContentRequest(@Nullable String cid, int limit) {
    }

    record KeyRequest(@Nullable String key) {
    }

    /**
     * @param value    {@code hex:} and bytes, or a text
     * @param lifetime milliseconds for which a record that the node signs is valid
     */
    record ValueRequest(@Nullable String key, @Nullable String value, long lifetime) {
    }

    /** @param peers how many peers have taken it */
    record ToldReport(int peers) {
    }

    record FoundReport(String peer, List<String> addresses) {
    }

    /**
     * @param hex   the bytes
     * @param name  what they say, if they are a record of a name
     */
    record ValueReport(String hex, @Nullable NameReport name) {
    }

    /** A record of a name. */
    record NameReport(String value, String sequence, String validity) {
    }

    /** One table. */
    record TableReport(String protocol, boolean serving, long networkSize, int providers, int records,
            List<FoundReport> peers) {

        static TableReport of(RoutingSnapshot.Table table) {
            return new TableReport(table.protocol(), table.serving(), table.networkSize(), table.providers(),
                    table.records(), table.buckets().stream().flatMap(bucket -> bucket.peers().stream())
                            .map(entry -> new FoundReport(entry.peer().toString(),
                                    entry.addresses().stream().map(Object::toString).toList())).toList());
        }
    }
}
