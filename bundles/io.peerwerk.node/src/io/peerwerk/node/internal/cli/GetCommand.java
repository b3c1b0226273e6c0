// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.FetchedReport;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "get", description = "Fetches what a link names.",
        footerHeading = "%nExample:%n", footer = "  peerwerk get peerwerk:bafy….… -o thesis.pdf")
final class GetCommand extends AskingCommand {
    @Parameters(paramLabel = "URI", description = "the link that put printed")
    private String uri = "";

    @Option(names = {"-o", "--output"}, paramLabel = "PATH", required = true,
            description = "where to write; a directory that exists gets the file under its own name")
    private @Nullable Path target;

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        long start = System.nanoTime();
        FetchedReport fetched;
        try (var bar = new ProgressBar(output, System::nanoTime)) {
            node.onProgress(update -> bar.update(update.done(), update.total(), update.phase()));
            fetched = node.get(uri, Objects.requireNonNull(target));
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        output.note("fetched " + ByteSize.format(fetched.bytes()) + " in " + Figures.time(time) + " ("
                + Figures.rate(fetched.bytes(), time) + ")");
        output.say(fetched.sha256() + "  " + fetched.path());
        output.json(JsonLine.event("fetched").with("bytes", fetched.bytes()).with("sha256", fetched.sha256())
                .with("path", fetched.path()).with("seconds", Figures.seconds(time)));
    }
}
