// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.ItemReport;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.ProgressBar;
import io.peerwerk.storage.PutOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "put", description = {"Stores a file or a folder and prints its link.",
    "Whoever has the link can read the content; nobody else can, the peers that keep it included."},
        footerHeading = "%nExamples:%n",
        footer = {"  peerwerk put thesis.pdf", "  link=$(peerwerk put --shards 4/12 photos/)"})
final class PutCommand extends AskingCommand {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "PATH", description = "the file or folder")
    private @Nullable Path path;

    @Option(names = "--shards", paramLabel = "K/N", defaultValue = "10/30",
            description = "any K of N pieces bring a chunk back (default: ${DEFAULT-VALUE})")
    private String shards = "10/30";

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        Path source = Objects.requireNonNull(path);
        long start = System.nanoTime();
        ItemReport item;
        try (var bar = new ProgressBar(output, System::nanoTime)) {
            node.onProgress(update -> bar.update(update.done(), update.total(), update.phase()));
            item = node.put(source, shards);
        }
        print(item, Duration.ofNanos(System.nanoTime() - start), output);
    }

    @Override
    void check() throws IOException {
        Path source = Objects.requireNonNull(path);
        try {
            PutOptions.parse(shards);
        } catch (FormatException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage());
        }
        if (!Files.exists(source)) {
            throw new NoSuchFileException(source.toString());
        }
    }

    private static void print(ItemReport item, Duration time, Output output) {
        output.note("stored " + item.name() + ", " + ByteSize.format(item.bytes()) + " in " + Figures.time(time) + " ("
                + Figures.rate(item.bytes(), time) + "), " + item.shards() + " shards on "
                + Figures.count(item.holders(), "peer"));
        if (item.warning() != null) {
            output.note("careful: " + item.warning());
        }
        output.say(item.uri());
        output.json(JsonLine.event("stored").with("uri", item.uri()).with("cid", item.cid())
                .with("bytes", item.bytes()).with("name", item.name()).with("shards", item.shards())
                .with("holders", item.holders()).with("seconds", Figures.seconds(time))
                .with("warning", item.warning()));
    }
}
