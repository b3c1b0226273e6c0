// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

import io.peerwerk.node.internal.control.ContentControl.EntryReport;
import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.ItemReport;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.TextTable;
import io.peerwerk.storage.ContentPath;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "ls", description = {"Lists what was stored from here, newest first.",
    "With a path of public content, the names in that folder."})
final class LsCommand extends TransferCommand {
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    @Parameters(paramLabel = "PATH", arity = "0..1", description = "/ipfs/ with a CID and names below it")
    private @Nullable ContentPath path;

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        ContentPath folder = path;
        if (folder == null) {
            items(node.items(), output);
        } else {
            entries(withBar(node, output, () -> node.content().list(folder)), output);
        }
    }

    private static void entries(List<EntryReport> entries, Output output) {
        var table = new TextTable("NAME", ">SIZE", "CID");
        for (EntryReport entry : entries) {
            boolean file = entry.kind().equals("file");
            table.row(Output.printable(entry.name()) + (entry.kind().equals("folder") ? "/" : ""),
                    file ? ByteSize.format(entry.bytes()) : "", entry.cid());
            output.json(JsonLine.object().with("name", entry.name()).with("cid", entry.cid())
                    .with("kind", entry.kind()).with("bytes", entry.bytes()));
        }
        if (table.isEmpty()) {
            output.note("the folder is empty");
        } else {
            output.say(table);
        }
    }

    private static void items(List<ItemReport> items, Output output) {
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
