// SPDX-License-Identifier: EPL-2.0
/**
 * Messages to everybody who listens: publish and subscribe by topic, as libp2p's gossipsub speaks it.
 *
 * <pre>
 *   publisher ──▶ a few peers of the topic's mesh ──▶ a few of theirs ──▶ …        whole messages, at once
 *                 all others now and then hear which messages there are            ids only, once a second
 * </pre>
 *
 * <p>A topic is a name that peers agree on; nobody owns it and nobody knows all who listen. A message carries its
 * author's signature, so it is the author's wherever it comes from. It reaches everybody who is connected, usually within a
 * second, and may be lost where the network breaks apart; nothing is kept for those who come later. What the peers that
 * pass messages on deserve is measured, see {@code internal.gossipsub}, and who cheats is left out.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.2.md">gossipsub v1.2</a>
 */
@NullMarked
package io.peerwerk.pubsub;

import org.jspecify.annotations.NullMarked;
