// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.storage.ContentPath;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "export", description = "Writes public content with all its blocks into one file, a CAR.",
        footerHeading = "%nExample:%n", footer = "  peerwerk export bafy… -o holiday.car")
final class ExportCommand extends TransferCommand {
    @Parameters(paramLabel = "CID", description = "the root of a file or folder")
    private @Nullable ContentPath content;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", required = true, description = "the file to write")
    private @Nullable Path target;

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        ContentPath root = Objects.requireNonNull(content);
        Path file = Objects.requireNonNull(target);
        withBar(node, output, () -> {
            node.content().exportCar(root, file);
            return file;
        });
        output.say(file.toString());
        output.json(JsonLine.event("exported").with("cid", root.root().toString()).with("path", file.toAbsolutePath().toString()));
    }
}
