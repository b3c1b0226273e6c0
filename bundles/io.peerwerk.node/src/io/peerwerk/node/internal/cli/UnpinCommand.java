// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.util.Objects;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.storage.ContentPath;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "unpin", description = {"Lets go of public content that was pinned.",
    "It stays until there is need of room, or until: peerwerk gc"})
final class UnpinCommand extends AskingCommand {
    @Parameters(paramLabel = "CID", description = "the root that was pinned")
    private @Nullable ContentPath content;

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        ContentPath root = Objects.requireNonNull(content);
        if (!node.content().unpin(root)) {
            throw new IOException(root.root() + " is not pinned (what is: peerwerk pin)");
        }
        output.say("unpinned " + root.root());
        output.json(JsonLine.event("unpinned").with("cid", root.root().toString()));
    }
}
