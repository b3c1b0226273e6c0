// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.fixtures.Patience;
import io.peerwerk.storage.Block;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.quic.internal.QuicTransport;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With Helia, which is given blocks and gives some. */
class BitswapInteropTest {

    /** How bytes get from one to the other. */
    enum Way {
        TCP {
            @Override
            Hosts hosts() {
                return new Hosts(new TcpTransport());
            }
        },
        QUIC {
            @Override
            Hosts hosts() {
                return new Hosts(QuicTransport::new);
            }
        };

        abstract Hosts hosts();

        BitswapPeer peer(Hosts hosts) {
            List<Multiaddr> where = this == TCP ? HostOptions.local().listen()
                    : List.of(Multiaddr.of("/ip4/127.0.0.1/udp/0/quic-v1"));
            return new BitswapPeer(hosts.start(HostOptions.local().listeningOn(where)), BitswapOptions.standard());
        }

        ForeignPeer helia(String... more) throws IOException, InterruptedException {
            List<String> options = new ArrayList<>(List.of("--helia", "--transport", name().toLowerCase()));
            options.addAll(List.of(more));
            return ForeignPeer.listen(options.toArray(String[]::new));
        }
    }

    @TempDir
    private Path folder;

    private record Sample(Path file, String sha256) {
    }

    private Sample file(int bytes) throws Exception {
        byte[] data = new byte[bytes];
        new Random(bytes).nextBytes(data);
        Path file = Files.write(folder.resolve("file" + bytes), data);
        return new Sample(file, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data)));
    }

    private static Cid add(ForeignPeer js, Path file) throws Exception {
        return Cid.parse(ForeignPeer.text(js.ask("addfile", file.toString()), "cid"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aRawBlockComesFromHelia(Way way) throws Exception {
        Sample sample = file(200_000);
        try (Hosts hosts = way.hosts(); var peer = way.peer(hosts); var js = way.helia()) {
            Cid cid = add(js, sample.file);
            peer.host.connect(js.address());
            Block block = peer.bitswap.fetch(cid, Patience.LIMIT);
            assertEquals(ByteBuffer.wrap(Files.readAllBytes(sample.file)), block.data());
            assertEquals(200_000, peer.bitswap.account(js.id()).bytesReceived());
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void heliaGetsARawBlock(Way way) throws Exception {
        Sample sample = file(200_000);
        try (Hosts hosts = way.hosts(); var peer = way.peer(hosts); var js = way.helia()) {
            Block block = peer.blocks.add(Block.raw(Files.readAllBytes(sample.file)));
            String result = js.ask("fetchfile", Hosts.address(peer.host).toString(), block.cid().toString());
            assertEquals(sample.sha256, ForeignPeer.text(result, "sha256"));
            Patience.await().untilAsserted(() ->
                    assertEquals(1, peer.bitswap.account(js.id()).blocksSent()));
        }
    }

    /** Eight MiB in small chunks, in two levels of nodes. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void aFileOfHeliaGoesThroughPeerwerkToAnotherHelia(Way way) throws Exception {
        Sample sample = file(8 << 20);
        Cid root;
        try (Hosts hosts = way.hosts(); var peer = way.peer(hosts)) {
            try (var js = way.helia("--chunk", "32768", "--profile", "unixfs-v0-2015")) {
                root = add(js, sample.file);
                peer.host.connect(js.address());
                Set<Cid> all = walk(peer, root);
                assertEquals(256 + 3, all.size()); // the leaves, two nodes above them, the root
                assertEquals(256 + 3, peer.bitswap.account(js.id()).blocksReceived());
            }
            try (var other = way.helia()) {
                String result = other.ask("fetchfile", Hosts.address(peer.host).toString(), root.toString());
                assertEquals(sample.sha256, ForeignPeer.text(result, "sha256"));
                Patience.await().untilAsserted(() ->
                        assertTrue(peer.bitswap.account(other.id()).bytesSent() > 8 << 20));
            }
        }
    }

    /** Helia asks while nobody has the block; it is handed over when it comes. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void heliaIsGivenABlockThatComesLater(Way way) throws Exception {
        Sample sample = file(70_000);
        try (Hosts hosts = way.hosts(); var peer = way.peer(hosts); var js = way.helia()) {
            Block block = Block.raw(Files.readAllBytes(sample.file));
            js.send("fetchfile", Hosts.address(peer.host).toString(), block.cid().toString());
            Patience.await().until(() -> peer.bitswap.wantsOfOthers() == 1);
            peer.blocks.add(block);
            peer.bitswap.stored(List.of(block.cid()));
            assertEquals(sample.sha256, ForeignPeer.text(js.result(), "sha256"));
        }
    }

    /** Gets all blocks of a graph, level by level, into the blocks of the peer. */
    private static Set<Cid> walk(BitswapPeer peer, Cid root) throws IOException {
        Set<Cid> all = new LinkedHashSet<>(List.of(root));
        List<Cid> level = List.of(root);
        while (!level.isEmpty()) {
            List<Cid> next = new ArrayList<>();
            peer.bitswap.fetchAll(level, Patience.LIMIT, block -> {
                peer.blocks.add(block);
                next.addAll(links(block));
            });
            all.addAll(next);
            level = next;
        }
        return all;
    }

    private static List<Cid> links(Block block) throws FormatException {
        List<Cid> links = new ArrayList<>();
        if (block.cid().codec() == Cid.DAG_PB) {
            byte[] data = new byte[block.size()];
            block.data().get(data);
            ProtoReader node = new ProtoReader(data);
            for (int field = node.next(); field != 0; field = node.next()) {
                if (field == 2) {
                    ProtoReader link = node.message(data.length);
                    if (link.next() == 1) {
                        links.add(Cid.read(link.bytes(100)));
                    }
                }
            }
        }
        return links;
    }
}
