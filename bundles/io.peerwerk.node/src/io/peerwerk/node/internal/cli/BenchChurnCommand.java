// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

import io.peerwerk.node.internal.bench.churn.ChurnBenchmark;
import io.peerwerk.node.internal.bench.churn.ChurnPlan;
import io.peerwerk.node.internal.bench.churn.ConfiguredPeer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "churn", description = {"Looks things up while nodes come and go.",
    "Runs nodes in this process, each with gossip and routing, that live for a while and have a successor at once; half "
            + "of them go without a good-bye. Live nodes look for contents and names that other live nodes have announced.",
    "Fails unless 99.9 %% are found, and unless memory, threads and file descriptors stay what they are."},
        footerHeading = "%nExample:%n", footer = "  peerwerk bench churn --minutes 2 --nodes 20 --life 30")
final class BenchChurnCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @ParentCommand
    private @Nullable BenchCommand bench;

    @Option(names = "--minutes", paramLabel = "N", defaultValue = "10",
            description = "how long, such as 10 or 1.5 (default: ${DEFAULT-VALUE})")
    private double minutes = 10;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "30",
            description = "at a time, 3 to 200 (default: ${DEFAULT-VALUE})")
    private int nodes = 30;

    @Option(names = "--life", paramLabel = "SECONDS", defaultValue = "60",
            description = "of a node, on average (default: ${DEFAULT-VALUE})")
    private int life = 60;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "5",
            description = "lookups a second (default: ${DEFAULT-VALUE})")
    private double rate = 5;

    @Option(names = "--transport", paramLabel = "NAME", defaultValue = "tcp",
            description = "tcp, quic or both (default: ${DEFAULT-VALUE})")
    private String transport = "tcp";

    @Option(names = "--seed", paramLabel = "N", description = "of lives, deaths and choices (default: another each time)")
    private @Nullable Long seed;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RootCommand parent = Objects.requireNonNull(bench).root();
        List<String> listen = BenchCommand.listen(transport);
        if (listen.isEmpty() || nodes < 3 || nodes > 200 || life < 1 || !(minutes > 0) || !(rate > 0)) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(),
                    "there must be 3 to 200 nodes over tcp, quic or both, a second to live and some time and rate");
        }
        var plan = new ChurnPlan(nodes, Duration.ofSeconds(life), Duration.ofMillis((long) (minutes * 60_000)), rate,
                seed == null ? ThreadLocalRandom.current().nextLong(Long.MAX_VALUE) : seed);
        var source = ConfiguredPeer.listeningOn(listen, parent.around().framework().get());
        return new ChurnBenchmark(source, parent.output()).run(plan) ? CommandLineProgram.DONE
                : CommandLineProgram.FAILED;
    }
}
