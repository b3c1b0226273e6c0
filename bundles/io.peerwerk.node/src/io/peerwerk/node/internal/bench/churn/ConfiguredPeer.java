// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.churn;

import java.io.IOException;
import java.util.Hashtable;
import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.Membership;
import io.peerwerk.node.internal.bench.ConfiguredModules;
import io.peerwerk.node.internal.feed.TableFeed;
import io.peerwerk.routing.Routing;
import io.peerwerk.transport.Host;
import org.osgi.framework.BundleContext;

/** A peer made of this framework's modules, by the same components that make a node's. */
public final class ConfiguredPeer implements ChurnPeer {

    private static final String GOSSIP = "io.peerwerk.gossip";
    private static final String ROUTING = "io.peerwerk.routing";

    private final ConfiguredModules modules;
    private final ConfiguredModules.Marked marked;
    private final Routing routing;
    private final String address;

    private ConfiguredPeer(ConfiguredModules modules, List<String> listen, List<String> bootstrap) throws IOException {
        this.modules = modules;
        var transport = new Hashtable<String, Object>();
        transport.put("listen", listen.toArray(String[]::new));
        this.marked = modules.startHost(transport);
        Host host = marked.host();
        this.address = host.addresses().getFirst().withPeer(host.id()).toString();
        var gossip = new Hashtable<String, Object>();
        gossip.put("bootstrap", bootstrap.toArray(String[]::new));
        modules.startBeside(marked, GOSSIP, gossip, Membership.class);
        this.routing = modules.startBeside(marked, ROUTING, new Hashtable<>(), Routing.class);
        modules.configureBeside(marked, TableFeed.PID, "membership", "sampling", "routing");
    }

    /** Peers that listen on these addresses of the machine. */
    public static Source listeningOn(List<String> listen, BundleContext context) {
        return bootstrap -> {
            var modules = new ConfiguredModules(context);
            try {
                return new ConfiguredPeer(modules, listen, bootstrap);
            } catch (IOException | RuntimeException e) {
                modules.close();
                throw e;
            }
        };
    }

    @Override
    public PeerId id() {
        return marked.host().id();
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public Routing routing() {
        return routing;
    }

    @Override
    public void leave() {
        modules.close();
    }

    /** The host goes first: what gossip says at its end finds nobody. */
    @Override
    public void vanish() {
        try {
            marked.cutOff();
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } finally {
            modules.close();
        }
    }
}
