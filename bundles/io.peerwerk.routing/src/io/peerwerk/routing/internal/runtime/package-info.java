// SPDX-License-Identifier: EPL-2.0
/**
 * The tables in a running node.
 *
 * <pre>
 *   callers ─▶ RoutingService ─┬─▶ Dht (public) ─▶ Run ─▶ Questions ─▶ streams
 *                              └─▶ Dht (local)    α virtual threads    one question a stream
 *   streams ─▶ Serving ─▶ Dht ─▶ Responder (pure)
 *   host: identified ─▶ Dht ─▶ Upkeep (pure) ─▶ checks and refreshes, in the background
 * </pre>
 *
 * <p>Each table's state is under the lock of its Dht; a lookup belongs to the thread that makes it.
 */
@NullMarked
package io.peerwerk.routing.internal.runtime;

import org.jspecify.annotations.NullMarked;
