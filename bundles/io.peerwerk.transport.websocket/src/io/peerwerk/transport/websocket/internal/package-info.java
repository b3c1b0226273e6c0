// SPDX-License-Identifier: EPL-2.0
/**
 * WebSocket: the way to peers behind web servers and in browsers.
 */
@NullMarked
package io.peerwerk.transport.websocket.internal;

import org.jspecify.annotations.NullMarked;
