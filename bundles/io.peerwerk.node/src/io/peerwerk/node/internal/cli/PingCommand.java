// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.PingReport;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "ping", description = "Measures the round trip to a libp2p peer.",
        footerHeading = "%nExample:%n", footer = "  peerwerk ping /ip4/192.0.2.7/tcp/4001")
final class PingCommand extends AskingCommand {
    private static final int MOST = 1000;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "MA", description = "a multiaddr, or the id of a known peer")
    private String address = "";

    @Option(names = {"-c", "--count"}, paramLabel = "N", defaultValue = "1", description = "how often (default: 1)")
    private int count = 1;

    @Override
    void check() {
        if (count < 1 || count > MOST) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "--count is 1 to " + MOST);
        }
    }

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        for (int i = 0; i < count; i++) {
            PingReport pong = node.ping(address);
            output.say(pong.peer() + " answered in "
                    + Figures.time(Duration.ofNanos((long) (pong.roundTripMillis() * 1e6))));
            output.json(JsonLine.event("pong").with("peer", pong.peer()).with("roundTripMs", pong.roundTripMillis()));
        }
    }
}
