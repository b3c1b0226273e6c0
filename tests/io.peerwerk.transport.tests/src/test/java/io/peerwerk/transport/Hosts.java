// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.spi.Transport;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import io.peerwerk.transport.tcp.internal.YamuxMuxer;

/** Hosts of one test, over one transport; closed together. */
final class Hosts implements AutoCloseable {

    private final Transport transport;
    private final List<SwitchHost> hosts = new ArrayList<>();

    Hosts(Transport transport) {
        this.transport = transport;
    }

    Transport transport() {
        return transport;
    }

    SwitchHost start(HostOptions options) {
        var host = new SwitchHost(Identity.generate(new SecureRandom()), options, List.of(transport),
                List.of(new NoiseChannel()), List.of(new YamuxMuxer()));
        hosts.add(host);
        return host;
    }

    /** The address of a host, with its id. */
    static Multiaddr address(Host host) {
        return host.addresses().getFirst().withPeer(host.id());
    }

    @Override
    public void close() {
        hosts.forEach(SwitchHost::close);
        if (transport instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
