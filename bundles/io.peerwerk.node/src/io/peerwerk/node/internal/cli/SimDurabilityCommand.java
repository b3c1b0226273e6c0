// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.node.internal.sim.DurabilityProgram;
import io.peerwerk.node.internal.sim.DurabilityWish;
import io.peerwerk.storage.DurabilityTarget;
import io.peerwerk.storage.NetworkConditions;
import io.peerwerk.storage.PutOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "durability", description = {"Tells how likely a stored file is lost, by code, lifetime and repair time.",
    "In one instant, if a part of all peers vanishes: with all shards there, and at any moment of its life, in which it "
            + "mostly has some fewer. In a year, if peers leave for good after their lifetime and repairs take their time.",
    "With a target, finds the cheapest code that keeps it. With --simulate, lets groups of holders live through a year "
            + "on a virtual clock and shows what was lost beside what the model says."},
        footerHeading = "%nExamples:%n",
        footer = {"  peerwerk sim durability --shards 10/30 --shards 16/64 --peers 500 --lifetime 7d,30d",
            "  peerwerk sim durability --target 1e-6,1e-9 --size 3GB --peers 2000",
            "  peerwerk sim durability --shards 4/8 --lifetime 20d --repair-time 2d --simulate 20000"})
final class SimDurabilityCommand implements Callable<Integer> {
    private static final int MOST_GROUPS = 10_000_000;

    @Spec
    private @Nullable CommandSpec spec;

    @ParentCommand
    private @Nullable SimCommand sim;

    @Option(names = "--shards", paramLabel = "K/N", split = ",",
            description = "codes (default: 10/30, 16/64 and 29/80, or the target's)")
    private List<String> shards = List.of();

    @Option(names = "--repair-below", paramLabel = "R",
            description = "repair begins with fewer shards (default: half way from K to N)")
    private @Nullable Integer repairBelow;

    @Option(names = "--peers", paramLabel = "N", defaultValue = "1000",
            description = "in the network (default: ${DEFAULT-VALUE})")
    private int peers = 1000;

    @Option(names = "--lifetime", paramLabel = "TIME", split = ",", defaultValue = "30d",
            description = "of peers on average, until they leave for good (default: ${DEFAULT-VALUE})")
    private List<Duration> lifetimes = List.of();

    @Option(names = "--repair-time", paramLabel = "TIME", split = ",", defaultValue = "30min",
            description = "from too few shards to all, detection and wait included (default: ${DEFAULT-VALUE})")
    private List<Duration> repairTimes = List.of();

    @Option(names = "--gone", paramLabel = "P%%", defaultValue = "50%",
            description = "of all peers, that vanish at once (default: ${DEFAULT-VALUE})")
    private String gone = "50%";

    @Option(names = "--size", paramLabel = "SIZE", defaultValue = "1MB",
            description = "of the file; its chunks lie on up to 256 groups of holders (default: ${DEFAULT-VALUE}, one group)")
    private @Nullable Size size;

    @Option(names = "--target", paramLabel = "TARGET",
            description = "low, standard, high, or the losses asked for at half gone and a year, like 1e-6,1e-9")
    private @Nullable String target;

    @Option(names = "--simulate", paramLabel = "GROUPS", arity = "0..1", fallbackValue = "20000",
            description = "lets so many groups live for a year (default: 20000)")
    private @Nullable Integer simulated;

    @Option(names = "--seed", paramLabel = "S", description = "of the simulation (default: another each time)")
    private @Nullable Long seed;

    @Override
    public Integer call() throws IOException {
        var program = new DurabilityProgram(Objects.requireNonNull(sim).root().output());
        try {
            program.run(wish());
        } catch (NoClassDefFoundError e) {
            throw new IOException("the simulator is not installed, or not as a whole: " + e.getMessage(), e);
        }
        return CommandLineProgram.DONE;
    }

    private DurabilityWish wish() {
        try {
            if (simulated != null && (simulated < 1 || simulated > MOST_GROUPS)) {
                throw new IllegalArgumentException("groups to simulate are 1 to " + MOST_GROUPS);
            }
            Optional<DurabilityTarget> asked = target == null ? Optional.empty()
                    : Optional.of(DurabilityTarget.parse(target));
            return new DurabilityWish(codes(asked.isEmpty()), networks(), part(gone), Objects.requireNonNull(size).bytes(),
                    asked, simulated == null ? 0 : simulated,
                    seed == null ? ThreadLocalRandom.current().nextLong(1L << 53) : seed);
        } catch (FormatException | IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage());
        }
    }

    private List<PutOptions> codes(boolean usual) throws FormatException {
        List<PutOptions> codes = new ArrayList<>();
        for (String text : shards.isEmpty() && usual ? List.of("10/30", "16/64", "29/80") : shards) {
            PutOptions code = PutOptions.parse(text);
            codes.add(repairBelow == null ? code : code.withThreshold(repairBelow));
        }
        return codes;
    }

    private List<NetworkConditions> networks() {
        List<NetworkConditions> networks = new ArrayList<>();
        for (Duration lifetime : lifetimes) {
            for (Duration repair : repairTimes) {
                networks.add(new NetworkConditions(peers, lifetime, repair));
            }
        }
        return networks;
    }

    /** {@code 50%} or {@code 0.5}. */
    private static double part(String text) {
        try {
            double part = text.endsWith("%") ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
                    : Double.parseDouble(text);
            if (part >= 0 && part <= 1) {
                return part;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is no part.
        }
        throw new IllegalArgumentException("'" + text + "' is no part of all peers; write it like 50%");
    }
}
