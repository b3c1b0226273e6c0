// SPDX-License-Identifier: EPL-2.0
/**
 * The protocols in a running node, as components over its host.
 *
 * <pre>
 *   sockets ─▶ Network ─▶ LanDiscovery ─▶ Presence, Rhythm, Sighting, Neighbours (pure) ─▶ Host: remember, connect
 *   streams ─▶ RendezvousServer ─▶ RendezvousPoint (pure)
 *   callers ─▶ RendezvousClient ─▶ streams
 * </pre>
 */
@NullMarked
package io.peerwerk.discovery.internal.runtime;

import org.jspecify.annotations.NullMarked;
