// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.membership;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.Membership;
import io.peerwerk.node.internal.bench.ConfiguredModules;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.transport.Host;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/** Members in this process, each a host with gossip on top, that tell on one JSON object a line what they see. */
public final class Members implements AutoCloseable {

    private static final String GOSSIP = "io.peerwerk.gossip";

    private final ConfiguredModules modules;
    private final PrintStream out;
    private final InstantSource clock;
    private final List<ConfiguredModules.Marked> members = new ArrayList<>();

    public Members(BundleContext context, PrintStream out, InstantSource clock) throws IOException {
        this.modules = new ConfiguredModules(context);
        this.out = out;
        this.clock = clock;
    }

    /**
     * Starts them.
     *
     * @param listen what each listens on
     * @param seed the address of a member that all ask for the others; null for the first of these
     */
    public void start(int count, Multiaddr listen, @Nullable Multiaddr seed) throws IOException {
        Multiaddr first = seed;
        for (int i = 0; i < count; i++) {
            Multiaddr address = startOne(listen, first);
            first = first == null ? address : first;
        }
        say(JsonLine.event("ready"));
    }

    private Multiaddr startOne(Multiaddr listen, @Nullable Multiaddr seed) throws IOException {
        var properties = new Hashtable<String, Object>();
        properties.put("listen", new String[] {listen.toString()});
        ConfiguredModules.Marked marked = modules.startHost(properties);
        Host host = marked.host();
        var gossip = new Hashtable<String, Object>();
        gossip.put("bootstrap", seed == null ? new String[0] : new String[] {seed.toString()});
        Membership membership = modules.startBeside(marked, GOSSIP, gossip, Membership.class);
        members.add(marked);
        Multiaddr address = host.addresses().getFirst().withPeer(host.id());
        say(JsonLine.event("member").with("id", host.id().toString()).with("address", address.toString()));
        membership.listen((before, now) -> tell(host, before, now));
        membership.members().forEach(member -> tell(host, null, member)); // those that came before the listener
        return address;
    }

    private void tell(Host by, @Nullable Member before, Member now) {
        if (before == null || before.state() != now.state()) {
            String state = now.state().isReachable() ? now.state().name().toLowerCase(Locale.ROOT) : "gone";
            say(JsonLine.event("seen").with("by", by.id().toString()).with("peer", now.id().toString())
                    .with("state", state).with("at", clock.millis()));
        }
    }

    private void say(JsonLine line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }

    /** Does what it is told until there is nothing more: {@code drop N} takes the network from the N-th member. */
    public void obey(BufferedReader commands) throws IOException {
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            if (line.startsWith("drop ")) {
                members.get(Integer.parseInt(line.substring("drop ".length()))).cutOff();
            }
        }
    }

    @Override
    public void close() {
        modules.close();
    }
}
