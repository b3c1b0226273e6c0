// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.ItemReport;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.storage.ContentProfile;
import io.peerwerk.storage.DurabilityTarget;
import io.peerwerk.storage.PutOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "put", description = {"Stores a file or a folder and prints its link.",
    "Whoever has the link can read the content; nobody else can, the peers that keep it included.",
    "With --public anybody can: it becomes plain IPFS, kept here and fetched from here."},
        footerHeading = "%nExamples:%n",
        footer = {"  peerwerk put thesis.pdf", "  link=$(peerwerk put --durability high photos/)",
            "  peerwerk put --public website/"})
final class PutCommand extends TransferCommand {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "PATH", description = "the file or folder")
    private @Nullable Path path;

    @Option(names = "--durability", paramLabel = "TARGET",
            description = "how safe it shall be: low, standard, high, or two probabilities of loss, if half of all peers"
                    + " vanish at once and in a year, like 1e-6,1e-9 (default: standard)")
    private @Nullable DurabilityTarget durability;

    @Option(names = "--shards", paramLabel = "K/N",
            description = "any K of N pieces bring a chunk back (default: what the durability needs)")
    private @Nullable String shards;

    @Option(names = "--public", description = "for everybody, not encrypted and on this peer alone; prints its CID")
    private boolean everybody;

    @Option(names = "--profile", paramLabel = "NAME", defaultValue = "unixfs-v1-2025",
            description = "with --public, how it is cut, on which its CID depends: unixfs-v1-2025, unixfs-v0-2015,"
                    + " cid-v1-256k or helia (default: ${DEFAULT-VALUE})")
    private @Nullable ContentProfile profile;

    @Override
    void ask(ControlClient node, Output output) throws IOException {
        Path source = Objects.requireNonNull(path);
        long start = System.nanoTime();
        if (everybody) {
            String cid = withBar(node, output, () -> node.content().add(source, Objects.requireNonNull(profile)));
            print(cid, Duration.ofNanos(System.nanoTime() - start), output);
        } else {
            String code = shards;
            DurabilityTarget target = durability == null ? DurabilityTarget.standard() : durability;
            ItemReport item = withBar(node, output,
                    () -> code == null ? node.put(source, target) : node.put(source, code));
            print(item, Duration.ofNanos(System.nanoTime() - start), output);
        }
    }

    private static void print(String cid, Duration time, Output output) {
        output.note("anybody can fetch it while this node runs; stored in " + Figures.time(time));
        output.say("/ipfs/" + cid);
        output.json(JsonLine.event("stored").with("uri", "/ipfs/" + cid).with("cid", cid)
                .with("seconds", Figures.seconds(time)));
    }

    @Override
    void check() throws IOException {
        Path source = Objects.requireNonNull(path);
        try {
            if (shards != null) {
                PutOptions.parse(shards);
            }
            if (durability != null && (shards != null || everybody) || shards != null && everybody) {
                throw new FormatException("only one of --shards, --durability and --public");
            }
        } catch (FormatException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage());
        }
        if (!Files.exists(source)) {
            throw new NoSuchFileException(source.toString());
        }
    }

    private static void print(ItemReport item, Duration time, Output output) {
        output.note("stored " + item.name() + ", " + ByteSize.format(item.bytes()) + " in " + Figures.time(time) + " ("
                + Figures.rate(item.bytes(), time) + "), " + item.shards() + " shards on "
                + Figures.count(item.holders(), "peer"));
        if (item.promise() != null) {
            output.note(item.promise());
        }
        if (item.warning() != null) {
            output.note("careful: " + item.warning());
        }
        output.say(item.uri());
        output.json(JsonLine.event("stored").with("uri", item.uri()).with("cid", item.cid())
                .with("bytes", item.bytes()).with("name", item.name()).with("shards", item.shards())
                .with("holders", item.holders()).with("seconds", Figures.seconds(time))
                .with("warning", item.warning()).with("promise", item.promise()));
    }
}
