// SPDX-License-Identifier: EPL-2.0
/**
 * Finding peers that nobody has named. On the local network that happens by itself, see {@code internal.mdns}; farther
 * away peers meet at a third one that both know, a {@linkplain io.peerwerk.discovery.Rendezvous rendezvous point}.
 *
 * <pre>
 *   A ── REGISTER namespace, signed record ──▶ point ◀── DISCOVER namespace ── B
 *     ◀────── for two hours ─────────────────        ────── A's record ─────▶
 * </pre>
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/rendezvous/README.md">libp2p rendezvous</a>
 */
@NullMarked
package io.peerwerk.discovery;

import org.jspecify.annotations.NullMarked;
