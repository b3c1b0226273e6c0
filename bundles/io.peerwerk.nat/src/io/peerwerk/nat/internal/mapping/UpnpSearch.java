// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Where and how UPnP gateways are searched for.
 *
 * @param target   the multicast address of SSDP, or a device's own
 * @param answers  how long answers are waited for
 * @param patience the longest for one exchange over HTTP
 * @param anyScope whether devices need not have private addresses; for tests on loopback
 */
public record UpnpSearch(InetSocketAddress target, Duration answers, Duration patience, boolean anyScope) {

    /** On the network of the default route. */
    public static UpnpSearch standard() {
        return new UpnpSearch(new InetSocketAddress("239.255.255.250", 1900), Duration.ofSeconds(3), Duration.ofSeconds(5), false);
    }
}
