// SPDX-License-Identifier: EPL-2.0
/**
 * Finding first peers: on the local network by multicast DNS, farther away at rendezvous points.
 */
@NullMarked
package io.peerwerk.discovery.internal;

import org.jspecify.annotations.NullMarked;
