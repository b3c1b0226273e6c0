// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.util.Hashtable;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.handler.codec.quic.Quic;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.transport.spi.Transport;

/**
 * Publishes QUIC while there is an identity to serve and native code for this machine; without the latter it says so
 * once, and the node does without.
 */
@Component(service = {}, immediate = true, configurationPid = "io.peerwerk.transport.quic")
public final class QuicComponent {

    private static final Logger LOG = LoggerFactory.getLogger(QuicComponent.class);

    private final @Nullable QuicTransport transport;
    private final @Nullable ServiceRegistration<Transport> registration;

    /** The component; its properties are the service's. */
    @Activate
    public QuicComponent(BundleContext context, @Reference(name = "identity") Identity identity,
            Map<String, Object> properties) {
        if (Quic.isAvailable()) {
            this.transport = new QuicTransport(identity);
            this.registration = context.registerService(Transport.class, transport, new Hashtable<>(properties));
        } else {
            LOG.warn("no QUIC: there is no native code of it for this machine");
            LOG.debug("why there is no QUIC", Quic.unavailabilityCause());
            this.transport = null;
            this.registration = null;
        }
    }

    /** Takes the transport back from the host, then closes what it carries. */
    @Deactivate
    public void stop() {
        if (registration != null) {
            registration.unregister();
        }
        if (transport != null) {
            transport.close();
        }
    }
}
