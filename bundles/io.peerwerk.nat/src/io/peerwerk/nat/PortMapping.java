// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat;

import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * A port of the router that leads to this peer.
 *
 * @param protocol     {@code tcp} or {@code udp}
 * @param internalPort the port listened on here
 * @param external     the router's side: what others dial
 * @param by           how the router was asked: {@code PCP}, {@code NAT-PMP} or {@code UPnP}
 * @param until        when the router forgets it unless it is renewed, which happens long before
 */
public record PortMapping(String protocol, int internalPort, InetSocketAddress external, String by, Instant until) {
}
