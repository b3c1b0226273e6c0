// SPDX-License-Identifier: EPL-2.0
/**
 * What is done about not being reached: a peer that AutoNAT finds private is reached through others that relay, until it
 * is public again.
 *
 * <pre>
 *   AutoNAT ── private ──▶ RelayChooser ── listen at /…/p2p/RELAY/p2p-circuit ──▶ host, relay transport
 *           ── public  ──▶              ── give the reservations back
 * </pre>
 *
 * <p>{@link io.peerwerk.nat.internal.reach.NatService} is the component: it puts AutoNAT, port mapping and relays
 * together over one host.
 */
@NullMarked
package io.peerwerk.nat.internal.reach;

import org.jspecify.annotations.NullMarked;
