// SPDX-License-Identifier: EPL-2.0
/**
 * Whether other peers reach this one, and by what: what {@link io.peerwerk.nat.ReachabilityMonitor}, a service that is
 * there while a node runs, tells to people and programs.
 *
 * <pre>
 *   AutoNAT      other peers dial this one and say what came of it      public, private, unknown; each address by itself
 *   mappings     the home router lets a port of its own through         PCP, NAT-PMP, UPnP
 *   relays       where neither helps: reached through others            circuit relay v2
 * </pre>
 */
@NullMarked
package io.peerwerk.nat;

import org.jspecify.annotations.NullMarked;
