// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Aggregates;
import io.peerwerk.gossip.Estimate;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.Membership;
import io.peerwerk.gossip.Quantity;
import io.peerwerk.node.ModuleAbsentException;
import io.peerwerk.node.NetworkEstimates;
import io.peerwerk.node.NetworkStatus;
import io.peerwerk.node.NodeModule;
import io.peerwerk.node.NodeSettings;
import io.peerwerk.node.NodeStatus;
import io.peerwerk.node.PeerInfo;
import io.peerwerk.node.internal.Fakes;
import io.peerwerk.storage.Storage;
import io.peerwerk.storage.StorageStatus;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.HostLoad;
import org.junit.jupiter.api.Test;

class LocalNodeTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final StorageStatus STORAGE = new StorageStatus(10, 5, 2, 1, 0, 0, 0, null);

    private static final HostLoad LOAD = new HostLoad(2, 400, 30, 1, 2, 3, 4);

    private final PeerId self = Fakes.peer();
    private final PeerId friend = Fakes.peer();
    private final PeerId stranger = Fakes.peer();
    private final LocalNode node = new LocalNode(
            new Launch(NodeSettings.of(Path.of("/home")), self, "peerwerk/0.1.0", START,
                    Fakes.limits(Path.of("/home"))), () -> START.plusSeconds(90));
    private final List<String> changes = new ArrayList<>();

    public final class OneConnection {
        public Multiaddr remoteAddress() {
            return Multiaddr.of("/ip4/192.0.2.7/tcp/4001");
        }

        public String security() {
            return "/noise";
        }

        public long bytesIn() {
            return 100;
        }

        public long bytesOut() {
            return 7;
        }
    }

    public final class Hosting {
        private final Connection connection = Fakes.of(Connection.class, new OneConnection());

        public List<Multiaddr> addresses() {
            return Fakes.addresses("/ip4/127.0.0.1/tcp/1");
        }

        public Map<Multiaddr, String> refusedAddresses() {
            return Map.of();
        }

        public HostLoad load() {
            return LOAD;
        }

        public List<Connection> connections() {
            return List.of(connection, connection);
        }

        public Optional<Connection> connection(PeerId peer) {
            return peer.equals(friend) ? Optional.of(connection) : Optional.empty();
        }
    }

    public final class Members {
        public List<Member> members() {
            return List.of(Fakes.member(friend, MemberState.ALIVE, "/ip4/192.0.2.7/tcp/4001"),
                    Fakes.member(stranger, MemberState.DEAD));
        }
    }

    public final class Storing {
        public void offer(long bytes) {
            changes.add("offer " + bytes);
        }

        public StorageStatus status() {
            return STORAGE;
        }
    }

    private Host host() {
        return Fakes.of(Host.class, new Hosting());
    }

    @Test
    void anAbsentModuleIsNamed() {
        assertEquals("the transport module is not loaded",
                assertThrows(ModuleAbsentException.class, node::host).getMessage());
        assertEquals(NodeModule.GOSSIP, assertThrows(ModuleAbsentException.class, node::membership).module());
        assertEquals("the storage module is not loaded",
                assertThrows(ModuleAbsentException.class, node::storage).getMessage());
        assertEquals("the routing module is not loaded", assertThrows(IOException.class, node::routing).getMessage());
    }

    @Test
    void withoutModulesTheStatusHasWhatIsKnownAndNothingMore() {
        NodeStatus status = node.status();
        assertEquals(self, status.id());
        assertEquals(Duration.ofSeconds(90), status.uptime());
        assertEquals(Set.of(), status.modules());
        assertEquals(List.of(), status.addresses());
        assertEquals(Map.of(), status.members());
        assertNull(status.storage());
        assertEquals(NetworkStatus.NONE, status.network());
        assertEquals(NetworkEstimates.NONE, status.estimates());
        assertEquals(List.of(), node.peers());
    }

    @Test
    void whatGossipHasFoundOutAboutTheWholeNetworkIsPartOfTheStatus() {
        var peers = new Estimate(12, 1, 3, Instant.EPOCH);
        Aggregates gossip = Fakes.of(Aggregates.class, new Object() {
            public Optional<Estimate> size() {
                return Optional.of(peers);
            }

            public Optional<Estimate> total(Quantity quantity) {
                return Optional.empty();
            }

            public Optional<Estimate> mean(Quantity quantity) {
                return Optional.of(new Estimate(0.5, 0, 3, Instant.EPOCH));
            }
        });
        node.bindAggregates(gossip);
        NetworkEstimates known = node.status().estimates();
        assertEquals(peers, known.peers());
        assertNull(known.free());
        assertEquals(0.5, known.load().value());
        node.unbindAggregates(gossip);
        assertEquals(NetworkEstimates.NONE, node.status().estimates());
    }

    @Test
    void withAllModulesTheStatusIsWhole() {
        node.bindHost(host());
        node.bindMembership(Fakes.of(Membership.class, new Members()));
        node.bindStorage(Fakes.of(Storage.class, new Storing()));
        NodeStatus status = node.status();
        assertEquals(Set.of(NodeModule.values()), status.modules());
        assertEquals(Map.of(MemberState.ALIVE, 1, MemberState.DEAD, 1), status.members());
        assertEquals(2, status.connections());
        assertEquals(200, status.bytesIn());
        assertEquals(14, status.bytesOut());
        assertEquals(STORAGE, status.storage());
        assertEquals(LOAD, status.network().load());
        assertNull(status.network().reachability(), "nobody finds out");
    }

    @Test
    void aPeerShowsItsMembershipAndItsConnection() {
        node.bindMembership(Fakes.of(Membership.class, new Members()));
        assertTrue(node.peers().stream().noneMatch(PeerInfo::connected), "no transport, no connection");
        node.bindHost(host());
        PeerInfo first = node.peers().getFirst();
        assertEquals(friend, first.id());
        assertEquals(Multiaddr.of("/ip4/192.0.2.7/tcp/4001"), first.connection());
        assertEquals("/noise", first.security());
        assertFalse(first.relayed());
        assertEquals(Duration.ofMillis(2), first.roundTrip());
        assertEquals(MemberState.DEAD, node.peers().getLast().state());
    }

    @Test
    void aSuccessorThatComesBeforeItsPredecessorGoesLeavesNoGap() throws ModuleAbsentException {
        Host before = host();
        Host after = host();
        node.listen((module, present) -> changes.add(module.label() + " " + present));
        node.bindHost(before);
        node.bindHost(after);
        node.unbindHost(before);
        assertSame(after, node.host());
        node.unbindHost(after);
        assertThrows(ModuleAbsentException.class, node::host);
        assertEquals(List.of("transport true", "transport true", "transport false"), changes);
    }

    @Test
    void theOfferOfTheStartIsSetOnceAndNotAgainWhenTheStorageIsUpdated() {
        node.listen(new FirstOffer(node, 123));
        Storage storage = Fakes.of(Storage.class, new Storing());
        node.bindHost(host());
        node.bindStorage(storage);
        node.unbindStorage(storage);
        node.bindStorage(Fakes.of(Storage.class, new Storing()));
        assertEquals(List.of("offer 123"), changes);
    }

    @Test
    void aListenerThatFailsDoesNotSilenceTheOthers() {
        node.listen((module, present) -> {
            throw new IllegalStateException("thrown by the test, logged as an error");
        });
        var registration = node.listen((module, present) -> changes.add(module.label()));
        Storage storage = Fakes.of(Storage.class, new Storing());
        node.bindStorage(storage);
        registration.close();
        registration.close();
        node.unbindStorage(storage);
        assertEquals(List.of("storage"), changes);
    }
}
