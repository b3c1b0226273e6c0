// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.storage.Swept;
import picocli.CommandLine.Command;

@Command(name = "gc", description = {"Removes public content that no pin leads to.",
    "Transfers go on meanwhile and lose nothing; shards of private files are not touched."})
final class GcCommand extends AskingCommand {
    @Override
    void ask(ControlClient node, Output output) throws IOException {
        Swept swept = node.content().sweep();
        output.say("removed " + Figures.count(swept.removed(), "block") + ", " + ByteSize.format(swept.bytes())
                + "; kept " + swept.kept());
        output.json(JsonLine.event("swept").with("removed", swept.removed()).with("bytes", swept.bytes())
                .with("kept", swept.kept()));
    }
}
