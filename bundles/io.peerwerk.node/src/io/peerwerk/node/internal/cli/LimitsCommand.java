// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.util.List;

import io.peerwerk.node.NodeLimits;
import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "limits", description = {"Shows or changes what the network may cost the node.",
    "A change holds at once, for connections that are open too, and for good; what is not named stays as it is."},
        footerHeading = "%nExamples:%n", footer = {"  peerwerk limits", "  peerwerk limits --upload 2MB --download 0",
            "  peerwerk limits --deny 192.0.2.0/24 --deny 203.0.113.7", "  peerwerk limits --deny none"})
final class LimitsCommand extends AskingCommand {
    @Mixin
    private LimitOptions options = new LimitOptions();

    @Override
    void check() {
        options.change();
    }

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        NodeLimits limits = node.limits(options.change());
        NodeLimits.Rates rates = limits.rates();
        output.line("upload", rate(rates.upload()) + each(rates.peerUpload()));
        output.line("download", rate(rates.download()) + each(rates.peerDownload()));
        output.line("connections", limits.connections() == 0 ? "as many as the machine can take"
                : limits.connections() + " at most");
        output.line("memory", limits.memory() == 0 ? "an eighth of what Java may use"
                : ByteSize.format(limits.memory()) + " at most");
        output.line("allowed", list(limits.allow(), "everybody"));
        output.line("denied", list(limits.deny(), "nobody"));
        output.json(JsonLine.event("limits").with("upload", rates.upload()).with("download", rates.download())
                .with("peerUpload", rates.peerUpload()).with("peerDownload", rates.peerDownload())
                .with("maxConnections", limits.connections()).with("memory", limits.memory())
                .with("allow", limits.allow()).with("deny", limits.deny()));
    }

    private static String rate(long bytes) {
        return bytes == 0 ? "as fast as it goes" : ByteSize.format(bytes) + "/s";
    }

    private static String each(long bytes) {
        return bytes == 0 ? "" : ", " + rate(bytes) + " with each peer";
    }

    private static String list(List<String> entries, String nobody) {
        return entries.isEmpty() ? nobody : String.join(", ", entries);
    }
}
