// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import io.peerwerk.node.internal.control.Messages.ProgressUpdate;
import org.eclipse.lsp4j.jsonrpc.services.JsonNotification;

/** What a node tells its caller unasked. */
public interface ControlEvents {
    @JsonNotification("progress")
    void progress(ProgressUpdate update);
}
