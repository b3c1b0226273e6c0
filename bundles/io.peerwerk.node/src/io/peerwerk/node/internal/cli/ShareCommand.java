// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.util.Objects;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "share", description = {"Seals a link to one peer: others may see the text that this prints.",
    "The peer gives it to: peerwerk get. It need not be online now."},
        footerHeading = "%nExample:%n", footer = "  peerwerk share peerwerk:bafy….… 12D3KooW…")
final class ShareCommand extends AskingCommand {
    @Parameters(index = "0", paramLabel = "URI", description = "the link that put printed")
    private String uri = "";

    @Parameters(index = "1", paramLabel = "PEER", description = "who shall read it: the id that status prints there")
    private @Nullable PeerId recipient;

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        String text = node.share(uri, Objects.requireNonNull(recipient));
        output.say(text);
        output.json(JsonLine.event("shared").with("share", text).with("peer", recipient.toString()));
    }
}
