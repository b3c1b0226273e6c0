// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import io.peerwerk.node.internal.control.Messages.MessageReport;
import io.peerwerk.node.internal.control.Messages.ProgressUpdate;
import io.peerwerk.node.internal.control.Messages.SubscribedReport;
import org.eclipse.lsp4j.jsonrpc.services.JsonNotification;

/** What a node tells its caller unasked. */
public interface ControlEvents {
    @JsonNotification("progress")
    void progress(ProgressUpdate update);

    /** A subscription stands, for the first time or again. */
    @JsonNotification("pubsub/subscribed")
    void subscribed(SubscribedReport report);

    /** A message of a topic that was subscribed to. */
    @JsonNotification("pubsub/message")
    void message(MessageReport report);
}
