// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.FetchedReport;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.storage.ContentPath;
import io.peerwerk.storage.Sharing;
import io.peerwerk.storage.StorageLink;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "get", description = "Fetches what a link names, or public content by its CID.",
        footerHeading = "%nExample:%n", footer = {"  peerwerk get peerwerk:bafy….… -o thesis.pdf",
            "  peerwerk get /ipfs/bafy…/photos/1.jpg -o 1.jpg"})
final class GetCommand extends TransferCommand {
    private @Nullable ContentPath content;

    @Parameters(paramLabel = "URI", description = "the link that put or share printed, or /ipfs/ with a CID and names below it")
    private String uri = "";

    @Option(names = {"-o", "--output"}, paramLabel = "PATH", required = true,
            description = "where to write; a directory that exists gets the file under its own name")
    private @Nullable Path target;

    @Override
    void check() throws FormatException {
        if (!isPrivate()) {
            try {
                content = ContentPath.parse(uri.strip());
            } catch (FormatException e) {
                throw new FormatException("neither a link nor the path of public content: " + e.getMessage(), e);
            }
        }
    }

    private boolean isPrivate() {
        String text = uri.strip();
        return text.startsWith(StorageLink.SCHEME) || text.startsWith(Sharing.SCHEME);
    }

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        long start = System.nanoTime();
        Path file = Objects.requireNonNull(target);
        FetchedReport fetched = withBar(node, output,
                () -> isPrivate() ? node.get(uri, file) : node.content().get(Objects.requireNonNull(content), file));
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        output.note("fetched " + ByteSize.format(fetched.bytes()) + " in " + Figures.time(time) + " ("
                + Figures.rate(fetched.bytes(), time) + ")");
        if (fetched.sender() != null) {
            output.note("shared by " + fetched.sender());
        }
        output.say(fetched.sha256() + "  " + fetched.path());
        output.json(JsonLine.event("fetched").with("bytes", fetched.bytes()).with("sha256", fetched.sha256())
                .with("path", fetched.path()).with("sender", fetched.sender()).with("seconds", Figures.seconds(time)));
    }
}
