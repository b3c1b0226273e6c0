// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages;
import io.peerwerk.node.internal.control.Messages.PublishedReport;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "pub", description = {"Publishes one message under a topic.",
    "It goes to all peers of the topic that this node is connected to, and from them to all others."},
        footerHeading = "%nExamples:%n",
        footer = {"  peerwerk pubsub pub weather 'rain at noon'", "  date | peerwerk pubsub pub clock"})
final class PubCommand extends AskingCommand {
    private static final String STANDARD_INPUT = "-";

    @Parameters(index = "0", paramLabel = "TOPIC", description = "what it is published under")
    private String topic = "";

    @Parameters(index = "1", paramLabel = "TEXT", arity = "0..1", defaultValue = STANDARD_INPUT,
            description = "the message; standard input, to its end, if it is left out or -")
    private String text = STANDARD_INPUT;

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        byte[] data = text.equals(STANDARD_INPUT) ? System.in.readNBytes(Messages.MAX_PUBLISHED + 1)
                : text.getBytes(StandardCharsets.UTF_8);
        if (data.length > Messages.MAX_PUBLISHED) {
            throw new IOException("a message has at most " + Messages.MAX_PUBLISHED + " bytes");
        }
        PublishedReport report = node.publish(topic, data);
        output.note(switch (report.peers()) {
            case 0 -> "nobody that this node is connected to is subscribed to it";
            case 1 -> "sent to one peer";
            default -> "sent to " + report.peers() + " peers";
        });
        output.json(JsonLine.event("published").with("topic", report.topic()).with("bytes", report.bytes())
                .with("peers", report.peers()));
    }
}
