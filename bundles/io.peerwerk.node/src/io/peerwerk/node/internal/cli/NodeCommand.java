// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.node.NodeSettings;
import io.peerwerk.node.NodeStatus;
import io.peerwerk.node.RunningNode;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "node", description = "Runs a node until SIGTERM or Ctrl-C.",
        footerHeading = "%nExamples:%n",
        footer = {"  peerwerk node --offer 20GB",
            "  peerwerk node --home /srv/peerwerk --port 4001 --upload 2MB \\",
            "                --bootstrap /ip4/192.0.2.7/tcp/4001/p2p/12D3KooW…"})
final class NodeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(NodeCommand.class);
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(15);

    @Spec
    private @Nullable CommandSpec spec;

    @ParentCommand
    private @Nullable RootCommand root;

    @Option(names = "--listen", paramLabel = "MA",
            description = "an address to listen on; may be repeated (default: every interface, TCP and QUIC)")
    private List<Multiaddr> listen = List.of();

    @Option(names = "--port", paramLabel = "N",
            description = "the port on every interface, of TCP and of UDP; not with --listen (default: free ones)")
    private @Nullable Integer port;

    @Option(names = "--bootstrap", paramLabel = "MA", description = "a peer to join through; may be repeated")
    private List<Multiaddr> bootstrap = List.of();

    @Option(names = "--offer", paramLabel = "SIZE",
            description = "disk that other peers may use (default: what was set last, at first 10GB)")
    private @Nullable Size offer;

    @Option(names = "--repair-delay", paramLabel = "TIME", defaultValue = "10min",
            description = "how long shards may be away before they are made anew (default: ${DEFAULT-VALUE})")
    private Duration repairDelay = NodeSettings.DEFAULT_REPAIR_DELAY;

    @Option(names = "--perf-limit", paramLabel = "SIZE", defaultValue = "0",
            description = "let other peers measure the way to this node, up to so much in each direction at a time"
                    + " (default: they may not)")
    private @Nullable Size perfLimit;

    @Option(names = "--no-mdns",
            description = "do not look for peers on the local network, and do not be seen there (default: both, unless"
                    + " this node listens on loopback alone)")
    private boolean noMdns;

    @Option(names = "--rendezvous-point",
            description = "let other peers register at this node and look for each other (default: they may not)")
    private boolean rendezvousPoint;

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Option(names = "--no-port-mapping",
            description = "do not ask the router to let a port through (default: it is asked)")
    private boolean noPortMapping;

    @Option(names = "--no-relay",
            description = "do not pass on bytes between peers that cannot reach each other (default: they are)")
    private boolean noRelay;

    @Option(names = "--relay-rate", paramLabel = "RATE", defaultValue = "1MiB",
            description = "bytes a second of all that is passed on; 0 for no limit (default: ${DEFAULT-VALUE})")
    private @Nullable Rate relayRate;

    @Option(names = "--while-stdin-open", hidden = true,
            description = "end with the process that started this one: when it closes our standard input")
    private boolean whileStdinOpen;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RootCommand parent = Objects.requireNonNull(root);
        NodeSettings settings = settings(parent);
        var stop = new CountDownLatch(1);
        if (whileStdinOpen) {
            // A platform thread: reading a pipe holds on to whatever thread does it.
            Thread.ofPlatform().daemon().name("standard input").start(() -> awaitEnd(System.in, stop));
        }
        RunningNode node = parent.around().launcher().get().start(settings);
        var done = new CountDownLatch(1);
        Runnable shutdown = parent.around().shutdown();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, done, shutdown), "end of the node"));
        try (node) {
            node.awaitReady(READY_LIMIT);
            announce(node.node().status(), parent.output());
            stop.await();
        } finally {
            done.countDown();
        }
        return CommandLineProgram.DONE;
    }

    /**
     * A shutdown hook is the only way to hear of SIGTERM. It waits until the main thread has taken the node down, stops
     * the framework (after an update the node that runs may be another one than the main thread's), and then ends the
     * process with 0: a node that was asked to end and did so cleanly has not failed.
     */
    private static void stopAndWait(CountDownLatch stop, CountDownLatch done, Runnable shutdown) {
        boolean signal = done.getCount() > 0;
        stop.countDown();
        try {
            if (!done.await(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the node did not end within {} s", CLOSE_LIMIT.toSeconds());
            } else if (signal) {
                shutdown.run();
                Runtime.getRuntime().halt(CommandLineProgram.DONE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitEnd(InputStream in, CountDownLatch stop) {
        try {
            while (in.read() >= 0) {
                LOG.trace("standard input is still open");
            }
        } catch (IOException e) {
            LOG.debug("standard input: {}", e.getMessage());
        }
        stop.countDown();
    }

    private NodeSettings settings(RootCommand parent) {
        if (port != null && !listen.isEmpty()) {
            throw wrong("--port listens on every interface; with --listen the addresses say the port");
        }
        NodeSettings settings = NodeSettings.of(parent.home()).withBootstrap(bootstrap)
                .withRepairDelay(repairDelay).withOffer(offer == null ? null : offer.bytes())
                .withPerfLimit(Objects.requireNonNull(perfLimit).bytes())
                .withDiscovery(new NodeSettings.Discovery(!noMdns, rendezvousPoint))
                .withReaching(new NodeSettings.Reaching(!noPortMapping, !noRelay,
                        Objects.requireNonNull(relayRate).bytes()))
                .withLimits(limits.change());
        return settings.withListen(listen.isEmpty() ? everywhere() : listen);
    }

    private List<Multiaddr> everywhere() {
        int chosen = port == null ? 0 : port;
        if (chosen < 0 || chosen > 65_535) {
            throw wrong("a port is a number up to 65535: " + chosen);
        }
        return NodeSettings.everywhere(chosen);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private static void announce(NodeStatus status, Output output) {
        List<String> addresses = status.addresses().stream().map(a -> a.withPeer(status.id()).toString()).toList();
        output.say("peer " + output.bold(status.id().toString()) + " is ready; it can be dialled at");
        addresses.forEach(address -> output.say("  " + address));
        output.note("Ctrl-C ends it.");
        output.json(JsonLine.event("ready").with("peer", status.id().toString()).with("addresses", addresses));
    }
}
