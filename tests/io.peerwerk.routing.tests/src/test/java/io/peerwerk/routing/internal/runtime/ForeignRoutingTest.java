// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.routing.FoundPeer;
import io.peerwerk.routing.NameRecord;
import io.peerwerk.routing.internal.record.Validators;
import io.peerwerk.routing.internal.runtime.RoutingPeers.Peer;
import io.peerwerk.routing.internal.wire.Octets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of peers of ours and of js-libp2p. */
class ForeignRoutingTest {

    private static final Cid CONTENT = Cid.raw("a thing".getBytes(StandardCharsets.UTF_8));
    private static final Cid OTHER = Cid.raw("another thing".getBytes(StandardCharsets.UTF_8));

    private final RoutingPeers peers = new RoutingPeers();

    @AfterEach
    void close() {
        peers.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {DhtOptions.PUBLIC, DhtOptions.LOCAL})
    void whatEitherProvidesTheOtherFinds(String protocol) throws Exception {
        Peer ours = peers.start();
        ForeignPeer theirs = peers.startForeign("server", protocol);
        ours.join(theirs.address());
        theirs.ask("dht-wait", "1");

        assertEquals(1, ours.routing.provide(CONTENT));
        assertTrue(theirs.ask("dht-findprovs", CONTENT.toString()).contains(ours.host.id().toString()));

        theirs.ask("dht-provide", OTHER.toString());
        List<FoundPeer> found = ours.routing.findProviders(OTHER, 5);
        assertEquals(List.of(theirs.id()), found.stream().map(FoundPeer::peer).toList());
        assertTrue(found.getFirst().addresses().contains(theirs.address().withoutPeer()), found.toString());
    }

    @Test
    void aPublicKeyThatEitherPutsTheOtherGets() throws Exception {
        Peer ours = peers.start();
        ForeignPeer theirs = peers.startForeign("server", DhtOptions.PUBLIC);
        ours.join(theirs.address());
        theirs.ask("dht-wait", "1");

        byte[] key = Validators.key(Validators.PUBLIC_KEY, ours.host.id()).bytes();
        assertEquals(1, ours.routing.putValue(key, ours.identity.publicKey().toBytes()));
        String got = theirs.ask("dht-get", hex(key));
        assertEquals(HexFormat.of().formatHex(ours.identity.publicKey().toBytes()), ForeignPeer.text(got, "hex"));

        String put = theirs.ask("dht-put-pk");
        byte[] value = ours.routing.getValue(unhex(ForeignPeer.text(put, "key"))).orElseThrow();
        assertArrayEquals(theirs.id().inlineKey().orElseThrow().toBytes(), value);
    }

    @Test
    void aNameThatEitherPublishesTheOtherResolves() throws Exception {
        Peer ours = peers.start();
        ForeignPeer theirs = peers.startForeign("server", DhtOptions.PUBLIC);
        ours.join(theirs.address());
        theirs.ask("dht-wait", "1");

        assertEquals(1, ours.routing.publishName("/ipfs/" + CONTENT, Duration.ofHours(1)));
        String key = hex(Validators.key(Validators.NAME, ours.host.id()).bytes());
        String first = theirs.ask("dht-get-ipns", key);
        assertEquals("/ipfs/" + CONTENT, ForeignPeer.text(first, "value"));
        assertEquals("0", ForeignPeer.text(first, "sequence"));
        ours.routing.publishName("/ipfs/" + OTHER, Duration.ofHours(1));
        String second = theirs.ask("dht-get-ipns", key);
        assertEquals("/ipfs/" + OTHER, ForeignPeer.text(second, "value"));
        assertEquals("1", ForeignPeer.text(second, "sequence"));

        theirs.ask("dht-put-ipns", "/ipfs/" + CONTENT, "7");
        NameRecord record = ours.routing.resolveName(theirs.id()).orElseThrow();
        assertEquals("/ipfs/" + CONTENT, record.value());
        assertEquals(7, record.sequence());
    }

    @Test
    void aForeignClientUsesOurServerAndDoesNotEnterItsTable() throws Exception {
        Peer ours = peers.start();
        ForeignPeer client = peers.startForeign("client", DhtOptions.PUBLIC);
        client.ask("dial", ours.address().toString());
        client.ask("dht-provide", CONTENT.toString());
        await().atMost(RoutingPeers.PATIENCE)
                .until(() -> ours.routing.snapshot().tables().getFirst().providers() == 1);
        assertEquals(0, ours.routing.snapshot().size());

        Peer second = peers.start();
        second.join(ours.address());
        eventually(() -> ids(second.routing.findProviders(CONTENT, 1)).equals(List.of(client.id()))); // in either table
    }

    @ParameterizedTest
    @ValueSource(strings = {DhtOptions.PUBLIC, DhtOptions.LOCAL})
    void inAMixedNetworkEveryPeerIsFoundByEveryOther(String protocol) throws Exception {
        List<Peer> ours = List.of(peers.start(), peers.start(), peers.start(), peers.start());
        List<ForeignPeer> theirs = List.of(peers.startForeign("server", protocol), peers.startForeign("server", protocol),
                peers.startForeign("server", protocol));
        // A chain: each knows the one before it, and the rest from the others.
        ours.get(1).join(ours.get(0).address());
        ours.get(2).join(theirs.get(0).address());
        ours.get(3).join(theirs.get(1).address());
        theirs.get(0).ask("dial", ours.get(1).address().toString());
        theirs.get(1).ask("dial", ours.get(2).address().toString());
        theirs.get(2).ask("dial", ours.get(3).address().toString());
        theirs.get(2).ask("dht-wait", "1");

        PeerId last = theirs.get(2).id();
        assertEquals(last, ours.get(0).routing.findPeer(last).orElseThrow().peer());
        // It is connected by now, perhaps, and may not have been told yet where that peer is.
        eventually(() -> theirs.get(2).ask("dht-findpeer", ours.get(0).host.id().toString())
                .contains(ours.get(0).address().withoutPeer().toString()));

        eventually(() -> ours.get(0).routing.provide(CONTENT) >= 5);
        eventually(() -> theirs.get(2).ask("dht-findprovs", CONTENT.toString()).contains(ours.get(0).host.id().toString()));
        theirs.get(2).ask("dht-provide", OTHER.toString());
        eventually(() -> ids(ours.get(0).routing.findProviders(OTHER, 1)).equals(List.of(last)));

        eventually(() -> {
            String closest = theirs.get(0).ask("dht-closest", "some place");
            List<PeerId> own = ids(ours.get(0).routing.closestPeers("some place".getBytes(StandardCharsets.UTF_8)));
            return own.size() == 6 && own.stream().filter(id -> closest.contains(id.toString())).count() >= 5;
        });
    }

    /** On a busy machine a peer may be taken for silent once, and a lookup does without it. */
    private static void eventually(Callable<Boolean> holds) {
        await().atMost(RoutingPeers.PATIENCE).until(holds);
    }

    private static List<PeerId> ids(List<FoundPeer> found) {
        return found.stream().map(FoundPeer::peer).toList();
    }

    private static String hex(byte[] key) {
        return "hex:" + new Octets(key);
    }

    private static byte[] unhex(String key) throws IOException {
        return HexFormat.of().parseHex(key.substring("hex:".length()));
    }
}
