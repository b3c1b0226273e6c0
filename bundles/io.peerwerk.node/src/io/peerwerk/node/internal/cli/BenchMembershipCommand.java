// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.peerwerk.node.internal.bench.membership.MembershipBenchmark;
import io.peerwerk.node.internal.bench.membership.MembershipBenchmark.Plan;
import io.peerwerk.node.internal.bench.membership.ScaleCube;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "membership", description = {"Measures how soon members know each other and of a death.",
    "And how often they hold one for dead that is not, with paused processes and lost packets, and what they send "
            + "while nothing happens. Members run in processes of their own, then many in one; beside them those of "
            + "ScaleCube Cluster, where it is there.", "Lost packets and counted bytes need a network namespace (Linux)."},
        footerHeading = "%nExample:%n", footer = "  peerwerk bench membership --processes 16 --together 64")
final class BenchMembershipCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @ParentCommand
    private @Nullable BenchCommand bench;

    @Option(names = "--processes", paramLabel = "N", defaultValue = "16",
            description = "with a member each, or 0 (default: ${DEFAULT-VALUE})")
    private int processes = 16;

    @Option(names = "--together", paramLabel = "N", defaultValue = "64",
            description = "members in one process, or 0 (default: ${DEFAULT-VALUE})")
    private int together = 64;

    @Option(names = "--transport", paramLabel = "NAME", defaultValue = "quic",
            description = "of ours: quic, tcp or both (default: ${DEFAULT-VALUE})")
    private String transport = "quic";

    @Option(names = "--idle", paramLabel = "SECONDS", defaultValue = "30",
            description = "how long bytes are counted (default: ${DEFAULT-VALUE})")
    private int idle = 30;

    @Option(names = "--loss", paramLabel = "SECONDS", defaultValue = "20",
            description = "how long packets are lost (default: ${DEFAULT-VALUE})")
    private int loss = 20;

    @Option(names = "--foreign", paramLabel = "DIR", defaultValue = "tests/foreign-peers/scalecube",
            description = "where ScaleCube's program is (default: ${DEFAULT-VALUE})")
    private @Nullable Path foreign;

    @Option(names = "--foreign-only", description = "measure ScaleCube's alone")
    private boolean foreignOnly;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RootCommand parent = Objects.requireNonNull(bench).root();
        List<String> listen = BenchCommand.listen(transport);
        if (listen.isEmpty() || !isGroup(processes) || !isGroup(together) || idle < 1 || loss < 0) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(),
                    "there must be no members or 3 to 200, of quic, tcp or both, and a second to count bytes in");
        }
        var scaleCube = ScaleCube.in(foreign);
        if (scaleCube.isEmpty()) {
            parent.output().note("not beside ScaleCube Cluster: " + foreign + " or its jars are missing");
        }
        new MembershipBenchmark(parent.around().program().get(), parent.output()).run(new Plan(processes, together,
                listen, Duration.ofSeconds(idle), Duration.ofSeconds(loss), !foreignOnly, scaleCube));
        return CommandLineProgram.DONE;
    }

    private static boolean isGroup(int count) {
        return count == 0 || count >= 3 && count <= 200;
    }
}
