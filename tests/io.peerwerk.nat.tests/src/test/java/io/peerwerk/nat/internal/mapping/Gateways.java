// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Routers on loopback for tests elsewhere, one of each kind. */
public final class Gateways implements AutoCloseable {

    /** What a router speaks. */
    public enum Kind {
        PCP("PCP"), NAT_PMP("NAT-PMP"), UPNP("UPnP");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    private final FakeGateway datagrams;
    private final FakeIgd soap;

    public Gateways(Kind kind) throws IOException {
        this.datagrams = kind == Kind.UPNP ? null : new FakeGateway(kind == Kind.PCP, "11.1.1.1");
        this.soap = kind == Kind.UPNP ? new FakeIgd("11.1.1.1") : null;
    }

    /** Ports that are mapped. */
    public int mapped() {
        return datagrams == null ? soap.mapped.size() : datagrams.mapped.size();
    }

    public MappingOptions options() {
        InetSocketAddress server = datagrams == null ? null : datagrams.address();
        var search = new UpnpSearch(soap == null ? server : soap.address(), Duration.ofMillis(300),
                Duration.ofSeconds(5), true);
        return new MappingOptions(datagrams != null, soap != null, true, server, search, 3, Duration.ofMillis(100),
                Duration.ofMillis(200));
    }

    @Override
    public void close() {
        if (datagrams != null) {
            datagrams.close();
        } else {
            soap.close();
        }
    }
}
