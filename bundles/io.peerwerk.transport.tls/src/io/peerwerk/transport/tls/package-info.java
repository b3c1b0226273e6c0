// SPDX-License-Identifier: EPL-2.0
/**
 * TLS 1.3 as libp2p uses it: certificates that carry a peer's key, and a secure channel made of them.
 */
@NullMarked
package io.peerwerk.transport.tls;

import org.jspecify.annotations.NullMarked;
