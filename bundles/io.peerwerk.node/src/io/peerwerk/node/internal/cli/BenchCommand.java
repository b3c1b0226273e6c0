// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.peerwerk.node.internal.bench.Benchmark;
import io.peerwerk.node.internal.bench.Benchmark.Plan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "bench", subcommands = {BenchTransportCommand.class, BenchHostsCommand.class,
    BenchMembershipCommand.class, BenchMembersCommand.class, BenchChurnCommand.class, BenchStorageCommand.class},
        description = {"Measures put and get beside what this machine can do.",
    "Starts nodes on this machine, then measures alone each thing that put and get are made of.",
    "Compare figures of one run only."},
        footerHeading = "%nExample:%n", footer = "  peerwerk bench --size 1GB --nodes 3")
final class BenchCommand implements Callable<Integer> {
    private static final String QUIC = "/ip4/127.0.0.1/udp/0/quic-v1";
    private static final String TCP = "/ip4/127.0.0.1/tcp/0";

    @Spec
    private @Nullable CommandSpec spec;

    @ParentCommand
    private @Nullable RootCommand root;

    @Option(names = "--size", paramLabel = "SIZE", defaultValue = "256MB",
            description = "the file to put and get (default: ${DEFAULT-VALUE})")
    private @Nullable Size size;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "5",
            description = "node processes, 2 to 30 (default: ${DEFAULT-VALUE})")
    private int nodes = 5;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3",
            description = "how often; the medians count (default: ${DEFAULT-VALUE})")
    private int rounds = 3;

    RootCommand root() {
        return Objects.requireNonNull(root);
    }

    /** What peers listen on for {@code tcp}, {@code quic} or {@code both}; nothing for another name. */
    static List<String> listen(String transport) {
        return switch (transport) {
            case "quic" -> List.of(QUIC);
            case "tcp" -> List.of(TCP);
            case "both" -> List.of(QUIC, TCP);
            default -> List.of();
        };
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        RootCommand parent = root();
        long bytes = Objects.requireNonNull(size).bytes();
        if (nodes < 2 || nodes > 30 || rounds < 1 || bytes < 1) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(),
                    "there must be 2 to 30 nodes, a round and a byte at least");
        }
        new Benchmark(parent.around().program().get(), parent.output(), System::nanoTime)
                .run(new Plan(bytes, nodes, rounds));
        return CommandLineProgram.DONE;
    }
}
