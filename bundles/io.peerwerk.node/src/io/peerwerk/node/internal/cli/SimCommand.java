// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

import io.peerwerk.node.internal.sim.SimulationProgram;
import io.peerwerk.node.internal.sim.SimulationWish;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "sim", subcommands = SimDurabilityCommand.class, description = {"Simulates thousands to millions of peers on this machine, without a network.",
    "The peers run the protocols that nodes run. A scenario says what happens to them; the same seed gives the same "
            + "figures again, on any number of threads.",
    "Without a scenario, tells which there are. Ctrl-C ends a simulation and shows what there is by then."},
        footerHeading = "%nExamples:%n",
        footer = {"  peerwerk sim", "  peerwerk sim newscast --peers 1000000 --cycles 30",
            "  peerwerk sim failure --seed 7 --plot failure.svg", "  peerwerk sim my.sim --json",
            "  peerwerk sim durability --target standard",
            "  PEERWERK_JAVA_OPTS='-Xmx14g -XX:+UseParallelGC -XX:+UseTransparentHugePages' peerwerk sim swim-million"})
final class SimCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @ParentCommand
    private @Nullable RootCommand root;

    @Parameters(paramLabel = "NAME|FILE", arity = "0..1", description = "a scenario")
    private @Nullable String scenario;

    @Option(names = "--peers", paramLabel = "N", description = "how many (default: as the scenario says)")
    private @Nullable Integer peers;

    @Option(names = "--cycles", paramLabel = "N",
            description = "how many cycles, or rounds of a peer (default: as the scenario says)")
    private @Nullable Integer cycles;

    @Option(names = "--seed", paramLabel = "S", description = "where all randomness comes from (default: as the scenario says)")
    private @Nullable Long seed;

    @Option(names = "--threads", paramLabel = "N", description = "to run on (default: one for each processor)")
    private @Nullable Integer threads;

    @Option(names = "--plot", paramLabel = "FILE", description = "draws how it went, as .svg or .png")
    private @Nullable Path plot;

    RootCommand root() {
        return Objects.requireNonNull(root);
    }

    @Override
    public Integer call() throws IOException {
        int usedThreads = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (usedThreads < 1 || usedThreads > 1024 || cycles != null && cycles < 1 || peers != null && peers < 2) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(),
                    "there must be a thread, a cycle and two peers at least");
        }
        try {
            var program = new SimulationProgram(Objects.requireNonNull(root).output());
            if (scenario == null) {
                program.list();
            } else {
                program.run(new SimulationWish(scenario, peers == null ? OptionalInt.empty() : OptionalInt.of(peers),
                        cycles == null ? OptionalInt.empty() : OptionalInt.of(cycles),
                        seed == null ? OptionalLong.empty() : OptionalLong.of(seed), usedThreads,
                        Optional.ofNullable(plot)));
            }
        } catch (NoClassDefFoundError e) {
            throw new IOException("the simulator is not installed, or not as a whole: " + e.getMessage(), e);
        }
        return CommandLineProgram.DONE;
    }
}
