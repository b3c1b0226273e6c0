// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.util.List;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.storage.ContentPath;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "pin", description = {"Keeps public content here for good, all of it; without a CID, lists what is kept.",
    "What is not here yet is fetched."},
        footerHeading = "%nExamples:%n", footer = {"  peerwerk pin bafy…", "  peerwerk pin"})
final class PinCommand extends TransferCommand {
    @Parameters(paramLabel = "CID", arity = "0..1", description = "the root of a file or folder, or /ipfs/ and that")
    private @Nullable ContentPath content;

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        ContentPath wanted = content;
        if (wanted == null) {
            list(node.content().pins(), output);
        } else {
            String root = withBar(node, output, () -> node.content().pin(wanted));
            output.say("pinned " + root);
            output.json(JsonLine.event("pinned").with("cid", root));
        }
    }

    private static void list(List<String> pins, Output output) {
        for (String pin : pins) {
            output.say(pin);
            output.json(JsonLine.object().with("cid", pin));
        }
        if (pins.isEmpty()) {
            output.note("nothing is pinned (put --public and import pin what they store)");
        }
    }
}
