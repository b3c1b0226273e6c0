// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.HealthReport;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "health", description = "Shows where the shards of a stored file lie.")
final class HealthCommand extends AskingCommand {
    @Parameters(paramLabel = "URI", description = "the link that put printed")
    private String uri = "";

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        HealthReport health = node.health(uri);
        var table = new TextTable("PEER", ">SHARDS");
        health.shardsByHolder().forEach((peer, shards) -> table.row(peer, Integer.toString(shards)));
        output.say(table);
        output.say("");
        output.say(Figures.count(health.chunks(), "chunk") + ", " + health.reachable() + " of " + health.total()
                + " shards reachable; the weakest chunk has " + health.weakest() + " of " + health.totalShards()
                + " and needs " + health.dataShards());
        if (health.warning() != null) {
            output.say(output.bad(health.warning()));
        }
        output.json(JsonLine.event("health").with("cid", health.cid()).with("chunks", health.chunks())
                .with("dataShards", health.dataShards()).with("totalShards", health.totalShards())
                .with("weakest", health.weakest()).with("reachable", health.reachable()).with("total", health.total())
                .with("readable", health.weakest() >= health.dataShards()).with("holders", health.shardsByHolder())
                .with("warning", health.warning()));
    }
}
