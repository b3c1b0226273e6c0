// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.DhtClient;
import io.peerwerk.node.internal.control.DhtControl.FoundReport;
import io.peerwerk.node.internal.control.DhtControl.NameReport;
import io.peerwerk.node.internal.control.DhtControl.TableReport;
import io.peerwerk.node.internal.control.DhtControl.ValueReport;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "dht", description = {"Asks libp2p's distributed hash table, or tells it something.",
    "A key is /ipns/PEER or /pk/PEER (PEER may be 'self'), or hex: and its bytes."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  peerwerk dht provide bafy…                tell others that this node has something",
            "  peerwerk dht findprovs bafy… --limit 5    who has it",
            "  peerwerk dht findpeer 12D3KooW…           where a peer is",
            "  peerwerk dht put /ipns/self /ipfs/bafy…   point this node's name to something",
            "  peerwerk dht get /ipns/12D3KooW…          what a name points to",
            "  peerwerk dht closest /ipns/12D3KooW…      which peers keep it",
            "  peerwerk dht table                        the peers this node knows"})
final class DhtCommand extends AskingCommand {

    /** What can be done, and how many things it is done with. */
    private enum Action {
        PROVIDE(1), FINDPROVS(1), FINDPEER(1), PUT(2), GET(1), CLOSEST(1), TABLE(0);

        private final int arguments;

        Action(int arguments) {
            this.arguments = arguments;
        }
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "ACTION", description = "provide, findprovs, findpeer, put, get, closest or table")
    private @Nullable Action action;

    @Parameters(index = "1..*", arity = "0..2", paramLabel = "WHAT",
            description = "a CID, a peer id, a key, or a key and a value")
    private List<String> what = List.of();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20",
            description = "findprovs: as many providers (default: ${DEFAULT-VALUE})")
    private int limit = 20;

    @Option(names = "--lifetime", paramLabel = "TIME", defaultValue = "48h",
            description = "put /ipns/self: how long it is valid (default: ${DEFAULT-VALUE})")
    private Duration lifetime = Duration.ofHours(48);

    @Override
    void check() {
        Action wanted = Objects.requireNonNull(action);
        if (what.size() != wanted.arguments || limit < 1 || lifetime.toMillis() < 1) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), what.size() == wanted.arguments
                    ? "--limit and --lifetime are 1 or more"
                    : wanted.name().toLowerCase(Locale.ROOT) + " takes " + wanted.arguments + (wanted.arguments == 1 ? " argument" : " arguments"));
        }
    }

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        DhtClient dht = node.dht();
        switch (Objects.requireNonNull(action)) {
            case PROVIDE -> told("provided", "cid", dht.provide(what.getFirst()), output);
            case FINDPROVS -> peers("provider", dht.findProviders(what.getFirst(), limit), output);
            case FINDPEER -> peers("found", List.of(dht.findPeer(what.getFirst())), output);
            case PUT -> told("stored", "key", dht.put(what.getFirst(), what.getLast(), lifetime), output);
            case GET -> value(dht.get(what.getFirst()), output);
            case CLOSEST -> peers("closest", dht.closest(what.getFirst()), output);
            case TABLE -> dht.table().forEach(table -> table(table, output));
        }
    }

    private void told(String event, String name, int peers, Output output) {
        output.say(peers + (peers == 1 ? " peer has" : " peers have") + " taken it");
        output.json(JsonLine.event(event).with(name, what.getFirst()).with("peers", peers));
    }

    private static void peers(String event, List<FoundReport> peers, Output output) throws IOException {
        if (peers.isEmpty()) {
            throw new IOException("nobody is found");
        }
        for (FoundReport peer : peers) {
            output.say(peer.peer());
            peer.addresses().forEach(address -> output.say("  " + address));
            output.json(JsonLine.event(event).with("peer", peer.peer()).with("addresses", peer.addresses()));
        }
    }

    private void value(ValueReport value, Output output) {
        JsonLine line = JsonLine.event("value").with("key", what.getFirst()).with("hex", value.hex());
        NameReport name = value.name();
        if (name == null) {
            output.say(value.hex());
        } else {
            output.say(Output.printable(name.value()));
            output.note("number " + name.sequence() + ", valid until " + name.validity());
            line = line.with("value", name.value()).with("sequence", name.sequence()).with("validity", name.validity());
        }
        output.json(line);
    }

    private static void table(TableReport table, Output output) {
        output.line("protocol", table.protocol() + (table.serving() ? " (serves others)" : " (client)"));
        output.line("network", table.networkSize() == 0 ? "" : "about " + table.networkSize() + " peers");
        output.line("kept", table.providers() + " announcements, " + table.records() + " records");
        output.lines("peers", table.peers().stream().map(FoundReport::peer).toList());
        output.json(JsonLine.event("table").with("protocol", table.protocol()).with("serving", table.serving())
                .with("networkSize", table.networkSize()).with("providers", table.providers())
                .with("records", table.records()).with("peers", table.peers().stream().map(FoundReport::peer).toList()));
    }
}
