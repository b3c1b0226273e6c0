// SPDX-License-Identifier: EPL-2.0
/**
 * QUIC v1: a transport whose links are secure and carry streams by their nature.
 */
@NullMarked
package io.peerwerk.transport.quic.internal;

import org.jspecify.annotations.NullMarked;
