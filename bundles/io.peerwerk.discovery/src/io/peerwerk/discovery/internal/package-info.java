// SPDX-License-Identifier: EPL-2.0
/**
 * What both ways of finding peers have in common. {@code dns} and {@code mdns} hold the protocol of the local network,
 * {@code rendezvous} that of rendezvous points: state machines without a socket, thread or clock. {@code runtime} puts
 * them to work.
 */
@NullMarked
package io.peerwerk.discovery.internal;

import org.jspecify.annotations.NullMarked;
