// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import java.util.concurrent.CompletableFuture;

import io.peerwerk.node.internal.control.Messages.PublishRequest;
import io.peerwerk.node.internal.control.Messages.PublishedReport;
import io.peerwerk.node.internal.control.Messages.SubscribedReport;
import io.peerwerk.node.internal.control.Messages.TopicRequest;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;

/** The part of {@link NodeControl} that publishes and subscribes. */
public interface PubSubControl {

    /** Publishes a message under a topic. */
    @JsonRequest("pubsub/publish")
    CompletableFuture<PublishedReport> publish(PublishRequest request);

    /**
     * Hears a topic until the request is cancelled or its connection closed. Messages come as notifications; those that
     * the caller is too slow for are lost. Goes on when the module is replaced.
     */
    @JsonRequest("pubsub/subscribe")
    CompletableFuture<SubscribedReport> subscribe(TopicRequest request);
}
