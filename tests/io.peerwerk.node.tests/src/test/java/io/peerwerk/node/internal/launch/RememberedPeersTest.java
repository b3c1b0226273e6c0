// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.node.internal.Fakes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RememberedPeersTest {
    @TempDir
    Path temporary;

    private Path file() {
        return temporary.resolve("peers.json");
    }

    @Test
    void whatWasSavedIsLoadedWithPeerIds() throws IOException {
        PeerId peer = Fakes.peer();
        new RememberedPeers(file()).save(List.of(Fakes.member(peer, MemberState.ALIVE, "/ip4/192.0.2.7/tcp/4001",
                "/ip6/::1/tcp/1"), Fakes.member(Fakes.peer(), MemberState.ALIVE)));
        assertEquals(List.of(Multiaddr.of("/ip4/192.0.2.7/tcp/4001").withPeer(peer),
                Multiaddr.of("/ip6/::1/tcp/1").withPeer(peer)), new RememberedPeers(file()).load());
    }

    @Test
    void noFileMeansNoPeers() {
        assertEquals(List.of(), new RememberedPeers(file()).load());
    }

    @Test
    void beingAloneForAMomentDoesNotForgetTheOthers() throws IOException {
        var peers = new RememberedPeers(file());
        peers.save(List.of());
        assertFalse(Files.exists(file()));
        peers.save(List.of(Fakes.member(Fakes.peer(), MemberState.ALIVE, "/ip4/192.0.2.7/tcp/4001")));
        peers.save(List.of());
        assertEquals(1, peers.load().size());
    }

    @Test
    void anUnchangedListIsNotWrittenAgain() throws IOException {
        var peers = new RememberedPeers(file());
        Member member = Fakes.member(Fakes.peer(), MemberState.ALIVE, "/ip4/192.0.2.7/tcp/4001");
        peers.save(List.of(member));
        Files.setLastModifiedTime(file(), FileTime.fromMillis(0));
        peers.save(List.of(member));
        assertEquals(FileTime.fromMillis(0), Files.getLastModifiedTime(file()));
    }

    @Test
    void noMoreThanFortyEightAddressesAreKeptAndThreeOfAPeer() throws IOException {
        var members = new ArrayList<Member>();
        for (int i = 0; i < 49; i++) {
            members.add(Fakes.member(Fakes.peer(), MemberState.ALIVE, "/ip4/192.0.2.7/tcp/" + (4000 + i)));
        }
        new RememberedPeers(file()).save(members);
        assertEquals(48, new RememberedPeers(file()).load().size());
        new RememberedPeers(file()).save(List.of(Fakes.member(Fakes.peer(), MemberState.ALIVE, "/ip4/192.0.2.7/tcp/1",
                "/ip4/192.0.2.7/tcp/2", "/ip4/192.0.2.7/tcp/3", "/ip4/192.0.2.7/tcp/4")));
        assertEquals(3, new RememberedPeers(file()).load().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "{\"a\":1}", "[null]", "[1]", "[\"nonsense\"]",
        "[\"/ip4/1.2.3.4/tcp/1\", 7"})
    void aDamagedFileIsIgnored(String content) throws IOException {
        Files.writeString(file(), content);
        assertEquals(List.of(), new RememberedPeers(file()).load());
    }

    @Test
    void aHugeFileIsIgnored() throws IOException {
        Files.writeString(file(), "[" + "\"/ip4/1.2.3.4/tcp/1\",".repeat(10_000) + "\"/ip4/1.2.3.4/tcp/1\"]");
        assertEquals(List.of(), new RememberedPeers(file()).load());
    }
}
