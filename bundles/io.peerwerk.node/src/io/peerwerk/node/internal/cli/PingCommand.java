// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.PingReport;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.Reason;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "ping", description = {"Measures the round trip to a libp2p peer.",
    "Prints each answer and, at the end or on Ctrl-C, a summary."},
        footerHeading = "%nExamples:%n",
        footer = {"  peerwerk ping /ip4/192.0.2.7/tcp/4001", "  peerwerk ping 12D3KooW… --count 100 --interval 200ms"})
final class PingCommand extends AskingCommand {
    private static final int MOST = 1_000_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "MA", description = "a multiaddr, or the id of a known peer")
    private String address = "";

    @Option(names = {"-c", "--count"}, paramLabel = "N", defaultValue = "4",
            description = "how often (default: ${DEFAULT-VALUE})")
    private int count = 4;

    @Option(names = {"-i", "--interval"}, paramLabel = "TIME", defaultValue = "1s",
            description = "from one to the next (default: ${DEFAULT-VALUE})")
    private Duration interval = Duration.ofSeconds(1);

    @Override
    void check() {
        if (count < 1 || count > MOST) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "--count is 1 to " + MOST);
        }
    }

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        // The first answer says who is there: the others go over the same connection, even if the address names nobody.
        PingReport first = node.ping(address);
        var tally = new PingTally(first.peer());
        answered(first, tally, output);
        try (var summary = new AtExit(() -> summary(tally, output))) {
            for (int i = 1; i < count; i++) {
                pause();
                again(node, tally, output);
            }
        }
    }

    private void pause() throws IOException {
        try {
            Thread.sleep(interval);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("cancelled");
        }
    }

    private static void again(ControlClient node, PingTally tally, Output output) throws IOException {
        try {
            answered(node.ping(tally.peer()), tally, output);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            tally.lost();
            output.note("no answer: " + Reason.of(e));
            output.json(JsonLine.event("lost").with("peer", tally.peer()).with("reason", Reason.of(e)));
        }
    }

    private static void answered(PingReport pong, PingTally tally, Output output) {
        tally.answered(pong.roundTripMillis());
        output.say(pong.peer() + " answered in " + time(pong.roundTripMillis()));
        output.json(JsonLine.event("pong").with("peer", pong.peer()).with("roundTripMs", pong.roundTripMillis()));
    }

    private static void summary(PingTally tally, Output output) {
        PingTally.Summary sum = tally.summary();
        output.note(sum.sent() + " sent, " + sum.answered() + " answered; round trip least " + time(sum.least())
                + ", mean " + time(sum.mean()) + ", most " + time(sum.most()));
        output.json(JsonLine.event("summary").with("peer", tally.peer()).with("sent", sum.sent())
                .with("answered", sum.answered()).with("leastMs", sum.least()).with("meanMs", sum.mean())
                .with("mostMs", sum.most()));
    }

    private static String time(double millis) {
        return Figures.time(Duration.ofNanos((long) (millis * 1e6)));
    }
}
