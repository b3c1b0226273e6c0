// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.util.Objects;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.StorageReport;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "offer", description = {"Changes how much of this disk other peers may use.",
    "At once and for good; less than what is used drops nothing, but takes nothing more."},
        footerHeading = "%nExamples:%n", footer = {"  peerwerk offer 20GB", "  peerwerk offer 0"})
final class OfferCommand extends AskingCommand {
    @Parameters(paramLabel = "SIZE", description = "like 10GB or 500MiB")
    private @Nullable Size size;

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        StorageReport storage = node.offer(Objects.requireNonNull(size).bytes()).storage();
        if (storage == null) {
            throw new IOException("the storage module went while its offer was changed");
        }
        output.say("offers " + ByteSize.format(storage.offer()) + ", " + ByteSize.format(storage.used()) + " used");
        output.json(JsonLine.event("offer").with("offer", storage.offer()).with("used", storage.used()));
    }
}
