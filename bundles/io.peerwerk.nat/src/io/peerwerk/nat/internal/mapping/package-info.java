// SPDX-License-Identifier: EPL-2.0
/**
 * Ports of the home router that lead to this peer, asked for by whichever of three protocols the router speaks.
 *
 * <pre>
 *   PCP      UDP 5351, one datagram each way     RFC 6887   | 2 | op | .. | lifetime | client IP | nonce, ports, IP |
 *   NAT-PMP  UDP 5351, one datagram each way     RFC 6886   | 0 | op | .. | internal port | external port | lifetime |
 *   UPnP     SSDP search (UDP 1900, multicast) ─▶ LOCATION ─▶ device description (HTTP, XML)
 *            ─▶ control URL ─▶ AddPortMapping (HTTP, SOAP)                           UPnP Forum, IGD 1 and 2
 * </pre>
 *
 * <p>A mapping is a lease: asked for one or two hours, renewed at half of it, deleted when the peer stops, asked for
 * again when the router has restarted (its clock tells) or has another address. {@link
 * io.peerwerk.nat.internal.mapping.LeaseModel} decides that, purely; {@link
 * io.peerwerk.nat.internal.mapping.Mappings} does it. The outer address is announced at once, since a dial in vain costs
 * others little and small networks have nobody to check it, and withdrawn while AutoNAT says it is private; an outer
 * address that is itself private (another translator behind the router) is not announced at all.
 *
 * <p>Everything that answers here is on the local network, and hostile until shown otherwise: a datagram counts only
 * from the address that was asked; a description is fetched only from the private IP address that sent its location,
 * never by name, never by redirect; its control URL has to be at the same address; bodies are bounded before they are
 * kept, and an XML document with a document type is refused.
 *
 * <p>Why not a library: of those in Maven Central, org.jupnp:org.jupnp is the one that is kept (by openHAB), speaks UPnP
 * only, and as a bundle cannot do without Jetty 9.4's client, which has had no security fixes since 2022, and the
 * Servlet API; com.offbynull.portmapper speaks all three and rests since 2019, org.bitlet:weupnp since 2013 (LGPL). What
 * is needed of PCP and NAT-PMP are datagrams of 12 to 60 bytes, of UPnP three requests, and the bounds above would have
 * to be built around any of them.
 */
@NullMarked
package io.peerwerk.nat.internal.mapping;

import org.jspecify.annotations.NullMarked;
