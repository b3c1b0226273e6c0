// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.peerwerk.node.internal.bench.transport.ForeignPeers;
import io.peerwerk.node.internal.bench.transport.TransportBenchmark;
import io.peerwerk.node.internal.bench.transport.TransportBenchmark.Plan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "transport", description = {"Measures how fast bytes go from peer to peer and what they cost.",
    "Each transport and secure channel, beside plain sockets, TLS alone and, where they are installed, peers of "
            + "js-libp2p.", "Processor time a byte is the steadier figure. Compare figures of one run only."},
        footerHeading = "%nExample:%n", footer = "  peerwerk bench transport --size 1GB --rounds 5")
final class BenchTransportCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @ParentCommand
    private @Nullable BenchCommand bench;

    @Option(names = "--size", paramLabel = "SIZE", defaultValue = "1GiB",
            description = "bytes to move each way (default: ${DEFAULT-VALUE})")
    private @Nullable Size size;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3",
            description = "how often; the middle one counts (default: ${DEFAULT-VALUE})")
    private int rounds = 3;

    @Option(names = "--streams", paramLabel = "N", defaultValue = "100",
            description = "in the rows with many streams, 2 to 256 (default: ${DEFAULT-VALUE})")
    private int streams = 100;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "10000",
            description = "idle ones whose memory is measured (default: ${DEFAULT-VALUE})")
    private int connections = 10_000;

    @Option(names = "--foreign", paramLabel = "DIR", defaultValue = "tests/foreign-peers",
            description = "where the peers of js-libp2p are (default: ${DEFAULT-VALUE})")
    private @Nullable Path foreign;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RootCommand parent = Objects.requireNonNull(bench).root();
        long bytes = Objects.requireNonNull(size).bytes();
        if (rounds < 1 || streams < 2 || streams > 256 || connections < 1 || bytes < streams) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(),
                    "there must be a round, 2 to 256 streams, a connection and a byte a stream at least");
        }
        var peers = ForeignPeers.in(foreign);
        if (peers.isEmpty()) {
            parent.output().note("not beside js-libp2p: Node.js or " + foreign + " with its packages is missing");
        }
        new TransportBenchmark(parent.around().framework().get(), parent.around().program().get(), parent.output(),
                System::nanoTime)
                .run(new Plan(bytes, rounds, streams, connections, peers));
        return CommandLineProgram.DONE;
    }
}
