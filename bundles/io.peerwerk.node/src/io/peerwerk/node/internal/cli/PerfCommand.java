// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.PerfReport;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "perf", description = {"Measures how fast bytes go to a libp2p peer and back.",
    "The peer must serve /perf/1.0.0; one of ours does when it runs with --perf-limit.",
    "An address without a peer id is dialled anew, another one goes over the connection there is."},
        footerHeading = "%nExamples:%n",
        footer = {"  peerwerk perf /ip4/192.0.2.7/tcp/4001 64MiB 64MiB", "  peerwerk perf 12D3KooW… 0 1GB"})
final class PerfCommand extends AskingCommand {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MA", description = "a multiaddr, or the id of a known peer")
    private String address = "";

    @Parameters(index = "1", paramLabel = "UP", arity = "0..1", defaultValue = "64MiB",
            description = "how much to send (default: ${DEFAULT-VALUE})")
    private @Nullable Size up;

    @Parameters(index = "2", paramLabel = "DOWN", arity = "0..1", defaultValue = "64MiB",
            description = "how much to ask for (default: ${DEFAULT-VALUE})")
    private @Nullable Size down;

    @Override
    void check() {
        if (bytes(up) + bytes(down) == 0) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "there is nothing to measure");
        }
    }

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        PerfReport perf;
        try (var bar = new Bars(output)) {
            node.onProgress(update -> bar.at(update.phase()).update(update.done(), update.total(), update.phase()));
            perf = node.perf(address, bytes(up), bytes(down));
        }
        output.note("measured " + perf.peer() + " at " + perf.connection() + ", " + perf.transport() + " with "
                + perf.security());
        line(output, "up", perf.up(), time(perf.upMillis()));
        line(output, "down", perf.down(), time(perf.downMillis()));
        output.json(json(perf));
    }

    private static void line(Output output, String way, long bytes, Duration time) {
        if (bytes > 0) {
            output.say(output.dim(String.format("%-6s", way)) + String.format("%12s", Figures.rate(bytes, time)) + "   "
                    + ByteSize.format(bytes) + " in " + Figures.time(time));
        }
    }

    private static JsonLine json(PerfReport perf) {
        return JsonLine.event("measured").with("peer", perf.peer()).with("connection", perf.connection())
                .with("transport", perf.transport()).with("security", perf.security())
                .with("up", perf.up()).with("upSeconds", perf.upMillis() / 1e3).with("upMBps", rate(perf.up(),
                        perf.upMillis()))
                .with("down", perf.down()).with("downSeconds", perf.downMillis() / 1e3).with("downMBps",
                        rate(perf.down(), perf.downMillis()));
    }

    private static double rate(long bytes, double millis) {
        return Figures.megabytesPerSecond(bytes, time(millis));
    }

    private static Duration time(double millis) {
        return Duration.ofNanos(Math.round(millis * 1e6));
    }

    private static long bytes(@Nullable Size size) {
        return Objects.requireNonNull(size).bytes();
    }

    /** A bar for each direction, one after the other, so that each shows its own rate. */
    private static final class Bars implements AutoCloseable {
        private final Output output;
        private ProgressBar current;
        private String phase = "";

        private Bars(Output output) {
            this.output = output;
            this.current = new ProgressBar(output, System::nanoTime);
        }

        private ProgressBar at(String wanted) {
            if (!wanted.equals(phase)) {
                phase = wanted;
                current = new ProgressBar(output, System::nanoTime);
            }
            return current;
        }

        @Override
        public void close() {
            current.close();
        }
    }
}
