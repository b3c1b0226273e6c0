// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import com.google.gson.Gson;
import io.peerwerk.node.internal.control.Messages.MappingReport;
import io.peerwerk.node.internal.control.Messages.NetworkReport;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.transport.HostLoad;

/** The part of a node's status that tells how it stands in the network. */
final class NetworkStanding {
    private static final Gson GSON = new Gson();

    private NetworkStanding() {
    }

    static void print(NetworkReport network, Output output) {
        output.lines("cannot use", network.refused().entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue()).toList());
        if (network.reach() != null) {
            output.line("reached", switch (network.reach()) {
                case "public" -> output.good("directly") + ", others have dialled it";
                case "private" -> network.relays().isEmpty() ? output.bad("not from outside")
                        : "through relays, not directly";
                default -> "not known yet, too few peers have tried";
            });
        }
        output.lines("  at", network.reachByAddress().entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue()).toList());
        output.lines("  mapped", network.mappings().stream().map(NetworkStanding::words).toList());
        output.lines("  relays", network.relays());
        output.lines("seen at", network.observed());
        HostLoad load = network.load();
        if (load != null) {
            output.line("takes", load.connections() + " of " + Figures.count(load.maxConnections(), "connection")
                    + ", " + Figures.count(load.streams(), "stream") + ", " + ByteSize.format(load.memory()) + " of "
                    + ByteSize.format(load.maxMemory()) + ", " + load.descriptors() + " of "
                    + Figures.count(load.maxDescriptors(), "descriptor"));
        }
    }

    private static String words(MappingReport mapping) {
        return mapping.external() + " to " + mapping.protocol() + " " + mapping.internalPort() + " (" + mapping.by()
                + ")";
    }

    static void add(NetworkReport network, JsonLine line) {
        line.with("refused", GSON.toJsonTree(network.refused())).with("reach", network.reach())
                .with("reachByAddress", GSON.toJsonTree(network.reachByAddress()))
                .with("mappings", GSON.toJsonTree(network.mappings())).with("relays", network.relays())
                .with("observed", network.observed());
        if (network.load() != null) {
            line.with("load", GSON.toJsonTree(network.load()));
        }
    }
}
