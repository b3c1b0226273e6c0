// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.ItemReport;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.TextTable;
import picocli.CommandLine.Command;

@Command(name = "ls", description = "Lists what was stored from here, newest first.")
final class LsCommand extends AskingCommand {
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        List<ItemReport> items = node.items();
        var table = new TextTable("NAME", ">SIZE", "STORED", "SHARDS", "LINK");
        for (ItemReport item : items) {
            table.row(item.name() + (item.folder() ? "/" : ""), ByteSize.format(item.bytes()),
                    WHEN.format(Instant.parse(item.storedAt())), item.shards(), item.uri());
            output.json(JsonLine.object().with("uri", item.uri()).with("cid", item.cid()).with("name", item.name())
                    .with("bytes", item.bytes()).with("storedAt", item.storedAt()).with("shards", item.shards())
                    .with("folder", item.folder()).with("holders", item.holders()).with("warning", item.warning()));
        }
        if (table.isEmpty()) {
            output.note("nothing is stored yet (store something with: peerwerk put PATH)");
        } else {
            output.say(table);
        }
    }
}
