// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The settings of port mapping.
 *
 * @param pcp      whether a router is asked over PCP and NAT-PMP
 * @param upnp     whether one is asked over UPnP
 * @param anyScope whether ports of loopback are mapped, and outer addresses announced that are not public; for tests
 * @param server   where PCP and NAT-PMP are spoken; null for the router of the default route
 * @param search   how UPnP gateways are searched for
 * @param tries    how often a datagram is sent until it is given up
 * @param check    how often it is looked whether other ports are listened on
 * @param again    the wait after no router has answered; then doubled up to an hour
 */
public record MappingOptions(boolean pcp, boolean upnp, boolean anyScope, @Nullable InetSocketAddress server,
        UpnpSearch search, int tries, Duration check, Duration again) {

    /** For a peer at home. */
    public static MappingOptions standard() {
        return new MappingOptions(true, true, false, null, UpnpSearch.standard(), 4, Duration.ofSeconds(10),
                Duration.ofMinutes(5));
    }

    /** The same, over PCP and NAT-PMP or not, over UPnP or not. */
    public MappingOptions over(boolean datagrams, boolean soap) {
        return new MappingOptions(datagrams, soap, anyScope, server, search, tries, check, again);
    }

    Optional<InetSocketAddress> gateway() {
        return server != null ? Optional.of(server)
                : DefaultRoute.gateway().map(address -> new InetSocketAddress(address, NatPmp.PORT));
    }
}
