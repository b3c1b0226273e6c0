// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Collectors;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.EstimatesReport;
import io.peerwerk.node.internal.control.Messages.StatusReport;
import io.peerwerk.node.internal.control.Messages.StorageReport;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.storage.PublicStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(name = "status", description = "Shows the node's figures.")
final class StatusCommand extends AskingCommand {
    @Override
    void ask(ControlClient node, Output output) throws IOException {
        StatusReport status = node.status();
        print(status, output);
        output.json(json(status));
    }

    private static void print(StatusReport status, Output output) {
        output.line("peer", status.peer());
        output.line("home", status.home() + " (process " + status.pid() + ")");
        output.line("up", Figures.time(Duration.ofMillis(status.uptimeMillis())) + ", " + status.agent());
        output.line("modules", status.modules().isEmpty() ? "none" : String.join(", ", status.modules()));
        output.line("members", status.members().entrySet().stream().filter(e -> e.getValue() > 0)
                .map(e -> e.getValue() + " " + e.getKey()).collect(Collectors.joining(", ")));
        output.line("traffic", Figures.count(status.connections(), "connection") + ", "
                + ByteSize.format(status.bytesIn()) + " in, " + ByteSize.format(status.bytesOut()) + " out");
        storage(status.storage(), output);
        publicContent(status.publicContent(), output);
        estimates(status.estimates(), output);
        output.lines("listens on", status.addresses());
        NetworkStanding.print(status.network(), output);
    }

    private static void storage(@Nullable StorageReport storage, Output output) {
        if (storage == null) {
            return;
        }
        output.line("offers", ByteSize.format(storage.offer()) + ", " + ByteSize.format(storage.used()) + " used by "
                + Figures.count(storage.blocks(), "block") + " of " + Figures.count(storage.objects(), "file"));
        output.line("repaired", Figures.count(storage.shardsRestored(), "shard") + " of "
                + Figures.count(storage.chunksRepaired(), "chunk")
                + (storage.repairsRunning() > 0 ? ", " + storage.repairsRunning() + " going on" : ""));
    }

    private static void publicContent(@Nullable PublicStatus content, Output output) {
        if (content != null) {
            output.line("public", ByteSize.format(content.used()) + " of at most " + ByteSize.format(content.limit())
                    + ", " + Figures.count(content.blocks(), "block") + ", " + content.pins() + " pinned");
        }
    }

    private static void estimates(EstimatesReport known, Output output) {
        if (known.peers() == null || known.offered() == null || known.free() == null) {
            return;
        }
        output.line("network", "about " + Figures.count(Math.round(known.peers()), "peer") + ", "
                + ByteSize.format(Math.round(known.offered())) + " offered, "
                + ByteSize.format(Math.round(known.free())) + " free"
                + (known.load() == null ? "" : ", load " + Figures.number(known.load())));
    }

    static JsonLine json(StatusReport status) {
        JsonLine line = JsonLine.object().with("peer", status.peer()).with("agent", status.agent())
                .with("home", status.home()).with("pid", status.pid()).with("startedAt", status.startedAt())
                .with("uptimeSeconds", status.uptimeMillis() / 1e3).with("addresses", status.addresses())
                .with("modules", status.modules()).with("members", status.members())
                .with("connections", status.connections()).with("bytesIn", status.bytesIn())
                .with("bytesOut", status.bytesOut());
        NetworkStanding.add(status.network(), line);
        EstimatesReport known = status.estimates();
        line.with("networkPeers", known.peers()).with("networkOffered", known.offered())
                .with("networkFree", known.free()).with("networkLoad", known.load());
        PublicStatus content = status.publicContent();
        if (content != null) {
            line.with("publicLimit", content.limit()).with("publicUsed", content.used())
                    .with("publicBlocks", content.blocks()).with("pins", content.pins());
        }
        StorageReport storage = status.storage();
        return storage == null ? line : line.with("offer", storage.offer()).with("used", storage.used())
                .with("blocks", storage.blocks()).with("objects", storage.objects())
                .with("repairsRunning", storage.repairsRunning()).with("chunksRepaired", storage.chunksRepaired())
                .with("shardsRestored", storage.shardsRestored()).with("lastRepair", storage.lastRepair());
    }
}
