// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import java.time.Instant;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.node.NodeSettings;

/**
 * Says that a node has been started in this framework; an OSGi service for as long as it runs. {@link LocalNode} comes
 * and goes with it.
 *
 * @param settings what it was started with
 * @param id its peer id
 * @param agent its name and version
 * @param startedAt when
 * @param limits what the network may cost it
 */
public record Launch(NodeSettings settings, PeerId id, String agent, Instant startedAt,
        KeptLimits limits) {
}
