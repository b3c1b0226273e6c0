// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.MessageReport;
import io.peerwerk.node.internal.control.Messages.SubscribedReport;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "sub", description = {"Prints the messages of a topic until Ctrl-C.",
    "A line each: the last characters of the author's id, and the message."},
        footerHeading = "%nExamples:%n",
        footer = {"  peerwerk pubsub sub weather", "  peerwerk pubsub sub weather --json"})
final class SubCommand extends AskingCommand {
    private static final int BRIEF = 6;

    @Parameters(paramLabel = "TOPIC", description = "what to listen to")
    private String topic = "";

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        node.subscribe(topic, report -> stands(report, output), message -> heard(message, output));
    }

    private static void stands(SubscribedReport report, Output output) {
        output.note("listening to " + report.topic() + " with " + report.peers() + " other peers");
        output.json(JsonLine.event("subscribed").with("topic", report.topic()).with("peers", report.peers()));
    }

    private static void heard(MessageReport message, Output output) {
        String data = message.data();
        String text = data == null ? null : text(Base64.getDecoder().decode(data));
        String from = message.from();
        String shown = text == null ? "(" + message.bytes() + " bytes)" : line(text);
        output.say(output.dim(from.substring(Math.max(0, from.length() - BRIEF))) + " " + shown);
        output.json(JsonLine.event("message").with("topic", message.topic()).with("from", from)
                .with("via", message.via()).with("sequence", Long.toUnsignedString(message.sequence()))
                .with("bytes", message.bytes()).with("text", text).with("data", text == null ? data : null));
    }

    /** The bytes as text, if they are one. */
    private static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Each message is one line. */
    private static String line(String text) {
        return Output.printable(text.stripTrailing().replaceAll("\\R", " "));
    }
}
