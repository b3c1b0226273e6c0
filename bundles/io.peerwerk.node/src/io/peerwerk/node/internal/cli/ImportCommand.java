// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "import", description = "Keeps what is in a CAR, pins its roots and prints them.")
final class ImportCommand extends TransferCommand {
    @Parameters(paramLabel = "FILE", description = "the CAR, as export or another IPFS program writes it")
    private @Nullable Path source;

    @Override
    void check() throws IOException {
        if (!Files.exists(Objects.requireNonNull(source))) {
            throw new NoSuchFileException(source.toString());
        }
    }

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        Path file = Objects.requireNonNull(source);
        for (String root : withBar(node, output, () -> node.content().importCar(file))) {
            output.say(root);
            output.json(JsonLine.event("imported").with("cid", root));
        }
    }
}
