// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.util.List;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.IdentifyReport;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "identify", description = "Asks a libp2p peer who it is and what it speaks.",
        footerHeading = "%nExample:%n", footer = "  peerwerk identify /ip4/192.0.2.7/tcp/4001")
final class IdentifyCommand extends AskingCommand {
    @Parameters(paramLabel = "MA", description = "a multiaddr, or the id of a known peer")
    private String address = "";

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        IdentifyReport peer = node.identify(address);
        lines(output, "peer", List.of(peer.peer()));
        lines(output, "agent", List.of(peer.agent()));
        lines(output, "family", List.of(peer.protocolVersion()));
        lines(output, "listens on", peer.addresses());
        lines(output, "", List.of(peer.signed() ? "(signed by the peer)" : "(not signed)"));
        lines(output, "sees us at", peer.observed() == null ? List.of() : List.of(peer.observed()));
        lines(output, "speaks", peer.protocols());
        output.json(JsonLine.event("identified").with("peer", peer.peer()).with("agent", peer.agent())
                .with("protocolVersion", peer.protocolVersion()).with("addresses", peer.addresses())
                .with("signed", peer.signed()).with("observed", peer.observed()).with("protocols", peer.protocols()));
    }

    private static void lines(Output output, String label, List<String> values) {
        output.lines(label, values.stream().map(Output::printable).toList());
    }
}
