// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.time.Duration;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.PeerReport;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.TextTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(name = "peers", description = "Lists the peers this node knows, living ones first.")
final class PeersCommand extends AskingCommand {
    @Override
    void ask(ControlClient node, Output output) throws IOException {
        var table = new TextTable("PEER", "STATE", "LINK", ">ROUND TRIP", ">OFFER", "FOR OTHERS", "ADDRESS");
        for (PeerReport peer : node.peers()) {
            table.row(peer.peer(), state(peer.state(), output), link(peer), roundTrip(peer.roundTripMillis()),
                    ByteSize.format(peer.offer()), roles(peer), address(peer));
            output.json(JsonLine.object().with("peer", peer.peer()).with("state", peer.state())
                    .with("since", peer.since()).with("roundTripMs", peer.roundTripMillis())
                    .with("connected", peer.connection() != null).with("connection", peer.connection())
                    .with("relayed", peer.relayed()).with("transport", peer.transport())
                    .with("security", peer.security())
                    .with("addresses", peer.addresses()).with("offer", peer.offer()).with("roles", peer.roles()));
        }
        if (table.isEmpty()) {
            output.note("no other peer is known (start the node with: peerwerk node --bootstrap ADDRESS)");
        } else {
            output.say(table);
        }
    }

    private static String state(String state, Output output) {
        return "alive".equals(state) ? output.good(state) : output.bad(state);
    }

    /** What carries the connection and what secures it. */
    private static String link(PeerReport peer) {
        return peer.transport() == null ? "–" : peer.transport() + " " + peer.security();
    }

    private static String roundTrip(@Nullable Double millis) {
        return millis == null ? "–" : Figures.time(Duration.ofNanos((long) (millis * 1e6)));
    }

    private static String roles(PeerReport peer) {
        return peer.roles().isEmpty() ? "–" : String.join(", ", peer.roles());
    }

    private static String address(PeerReport peer) {
        if (peer.connection() != null) {
            return peer.connection();
        }
        return peer.addresses().isEmpty() ? "–" : peer.addresses().getFirst();
    }
}
