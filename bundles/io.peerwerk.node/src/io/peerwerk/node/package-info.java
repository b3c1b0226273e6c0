// SPDX-License-Identifier: EPL-2.0
/**
 * A Peerwerk node, put together from the modules that happen to be there.
 *
 * <p>{@link io.peerwerk.node.NodeLauncher} turns a home directory into a {@link io.peerwerk.node.RunningNode}: it takes
 * the home's lock, loads or creates the identity and hands identity and configuration to the modules
 * (transport, gossip, storage), which start by themselves through Declarative Services. {@link io.peerwerk.node.Node}
 * is the facade over whatever is there at this moment: modules may go and come back while the node runs, and asking for
 * an absent one gives a {@link io.peerwerk.node.ModuleAbsentException} that says which, never a stale object.
 *
 * <pre>
 *   command line ──JSON-RPC over a Unix socket──┐
 *   workbench ──────────────────────────────────┤
 *                                               ▼
 *                                             Node ── Host · Membership · Storage (each dynamic)
 * </pre>
 *
 * <p>The facade starts no thread of its own and may be used from any thread.
 */
@NullMarked
package io.peerwerk.node;

import org.jspecify.annotations.NullMarked;
