// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.ItemReport;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "rotate", description = {"Stores what a link names with new keys and prints the new link.",
    "Who has the old link cannot follow; a copy that he made already stays his."},
        footerHeading = "%nExample:%n", footer = "  peerwerk rotate peerwerk:bafy….…")
final class RotateCommand extends TransferCommand {
    @Parameters(paramLabel = "URI", description = "the link that put printed")
    private String uri = "";

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        ItemReport item = withBar(node, output, () -> node.rotate(uri));
        output.say(item.uri());
        output.json(JsonLine.event("rotated").with("uri", item.uri()).with("cid", item.cid())
                .with("bytes", item.bytes()).with("name", item.name()));
    }
}
