// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.peerwerk.node.NodeLimits;
import io.peerwerk.node.internal.control.Messages.AddressRequest;
import io.peerwerk.node.internal.control.Messages.FetchedReport;
import io.peerwerk.node.internal.control.Messages.GetRequest;
import io.peerwerk.node.internal.control.Messages.HealthReport;
import io.peerwerk.node.internal.control.Messages.IdentifyReport;
import io.peerwerk.node.internal.control.Messages.ItemReport;
import io.peerwerk.node.internal.control.Messages.LinkRequest;
import io.peerwerk.node.internal.control.Messages.OfferRequest;
import io.peerwerk.node.internal.control.Messages.PeerReport;
import io.peerwerk.node.internal.control.Messages.PerfReport;
import io.peerwerk.node.internal.control.Messages.PerfRequest;
import io.peerwerk.node.internal.control.Messages.PingReport;
import io.peerwerk.node.internal.control.Messages.PutRequest;
import io.peerwerk.node.internal.control.Messages.ShareRequest;
import io.peerwerk.node.internal.control.Messages.StatusReport;
import org.eclipse.lsp4j.jsonrpc.services.JsonDelegate;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;

/**
 * What a node can be asked over its control socket. A failed request answers with {@link Messages#FAILED} and one line
 * for people. Cancelling the future cancels the request at the node.
 */
public interface NodeControl extends PubSubControl {
    @JsonRequest("status")
    CompletableFuture<StatusReport> status();

    @JsonRequest("peers")
    CompletableFuture<List<PeerReport>> peers();

    /** The user's own things, newest first. */
    @JsonRequest("items")
    CompletableFuture<List<ItemReport>> items();

    /** Stores a file or folder; progress comes as notifications. */
    @JsonRequest("put")
    CompletableFuture<ItemReport> put(PutRequest request);

    /** Fetches what a link names; progress comes as notifications. */
    @JsonRequest("get")
    CompletableFuture<FetchedReport> get(GetRequest request);

    /** Stores what a link names with new keys, under a new link; progress comes as notifications. */
    @JsonRequest("rotate")
    CompletableFuture<ItemReport> rotate(LinkRequest request);

    /** Seals a link to a peer; answers with a text that it can use in place of the link. */
    @JsonRequest("share")
    CompletableFuture<String> share(ShareRequest request);

    @JsonRequest("health")
    CompletableFuture<HealthReport> health(LinkRequest request);

    /** Changes what this node offers and answers with the new status. */
    @JsonRequest("offer")
    CompletableFuture<StatusReport> offer(OfferRequest request);

    /** Changes what the network may cost the node, where anything is given, and answers with all that holds now. */
    @JsonRequest("limits")
    CompletableFuture<NodeLimits.Change> limits(NodeLimits.Change request);

    @JsonRequest("ping")
    CompletableFuture<PingReport> ping(AddressRequest request);

    @JsonRequest("identify")
    CompletableFuture<IdentifyReport> identify(AddressRequest request);

    /** Measures how fast bytes go to a peer and back; progress comes as notifications, first up, then down. */
    @JsonRequest("perf")
    CompletableFuture<PerfReport> perf(PerfRequest request);

    /** The requests about the distributed hash table. */
    @JsonDelegate
    DhtControl dht();

    /** The requests about content that anybody may read. */
    @JsonDelegate
    ContentControl content();
}
