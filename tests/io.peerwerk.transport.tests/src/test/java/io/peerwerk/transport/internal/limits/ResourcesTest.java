// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import org.junit.jupiter.api.Test;

class ResourcesTest {

    private static final long MIB = 1 << 20;
    private static final Resources.Usage NOTHING = new Resources.Usage(0, 0, 0, 0, 0, 0);
    private static final PeerId ALICE = Identity.generate(new SecureRandom()).id();
    private static final PeerId BOB = Identity.generate(new SecureRandom()).id();

    private final Resources resources = new Resources(Limits.ofMemory(64 * MIB).atMost(4, 2));

    @Test
    void threeQuartersOfTheConnectionsMayComeInAndTheRestIsForDials() throws LimitException {
        for (int i = 0; i < 3; i++) {
            resources.open(true, true);
        }
        assertThrows(LimitException.class, () -> resources.open(true, true));
        resources.open(false, true);
        assertThrows(LimitException.class, () -> resources.open(false, true));
    }

    @Test
    void aLeaseThatIsClosedTwiceGivesBackOnce() throws LimitException {
        ConnectionLease other = resources.open(false, true);
        ConnectionLease lease = resources.open(true, true);
        lease.close();
        lease.close();
        assertEquals(new Resources.Usage(Limits.CONNECTION, 0, 1, 1, Limits.CONNECTION, 0), resources.usage());
        other.close();
        assertEquals(NOTHING, resources.usage());
    }

    @Test
    void aPeerThatIsKnownIsNoLongerTransient() throws LimitException {
        ConnectionLease lease = resources.open(true, true);
        lease.identified(ALICE);
        assertEquals(new Resources.Usage(Limits.CONNECTION, 0, 1, 1, 0, 1), resources.usage());
        lease.close();
        assertEquals(NOTHING, resources.usage());
    }

    @Test
    void thePeersOwnLimitOfConnectionsHoldsAndARefusedOneStaysTransient() throws LimitException {
        var many = new Resources(Limits.ofMemory(64 * MIB).atMost(100, 2));
        for (int i = 0; i < 8; i++) {
            many.open(true, true).identified(ALICE);
        }
        ConnectionLease ninth = many.open(true, true);
        assertThrows(LimitException.class, () -> ninth.identified(ALICE));
        ninth.identified(BOB);
        assertEquals(2, many.usage().peers());
    }

    @Test
    void oneStreamMoreThanAConnectionMayHaveIsRefused() throws LimitException {
        ConnectionLease connection = connection(ALICE);
        StreamLease first = connection.openIncoming();
        connection.openIncoming();
        assertThrows(LimitException.class, connection::openIncoming);
        connection.openOutgoing();
        first.close();
        connection.openIncoming();
    }

    @Test
    void aProtocolsOwnLimitHoldsForEachPeer() throws LimitException {
        ConnectionLease alice = connection(ALICE);
        alice.openIncoming().agreed("/one", 1);
        StreamLease second = alice.openIncoming();
        assertThrows(LimitException.class, () -> second.agreed("/one", 1));
        second.agreed("/other", 1);
        connection(BOB).openIncoming().agreed("/one", 1);
    }

    @Test
    void aProtocolsOwnLimitHoldsThoughThisEndHasAStreamOfItToo() throws LimitException {
        ConnectionLease alice = connection(ALICE);
        alice.openOutgoing().agreed("/one", Limit.ANY);
        alice.openIncoming().agreed("/one", 1);
        StreamLease second = alice.openIncoming();
        assertThrows(LimitException.class, () -> second.agreed("/one", 1));
    }

    @Test
    void memoryOfAStreamCountsUpToTheLimitAndNotOneByteMore() throws LimitException {
        StreamLease stream = connection(ALICE).openIncoming();
        long room = resources.limits().connection().memory() - stream.memory() - Limits.CONNECTION;
        assertFalse(stream.reserve(room + 1, Priority.LINK));
        assertTrue(stream.reserve(room, Priority.LINK));
        assertFalse(stream.reserve(1, Priority.LINK));
        stream.release(1);
        assertTrue(stream.reserve(1, Priority.LINK));
    }

    @Test
    void whatIsRefusedInOneScopeIsNotCountedInTheOthers() throws LimitException {
        StreamLease stream = connection(ALICE).openIncoming();
        long before = resources.usage().memory();
        assertFalse(stream.reserve(63 * MIB, Priority.LINK));
        assertEquals(before, resources.usage().memory());
    }

    @Test
    void comfortIsRefusedBeforeNeed() throws LimitException {
        StreamLease stream = connection(ALICE).openIncoming();
        long half = resources.limits().stream().memory() / 2;
        assertFalse(stream.reserve(half, Priority.GROWTH));
        assertTrue(stream.reserve(half, Priority.BUFFER));
    }

    @Test
    void aStreamThatOutlivesItsConnectionGivesBackItsOwn() throws LimitException {
        ConnectionLease connection = connection(ALICE);
        StreamLease stream = connection.openIncoming();
        stream.agreed("/late", 5);
        connection.close();
        assertEquals(new Resources.Usage(Limits.STREAM, 1, 0, 0, 0, 1), resources.usage());
        stream.close();
        assertEquals(NOTHING, resources.usage());
        assertThrows(LimitException.class, connection::openIncoming);
    }

    @Test
    void aClosedLeaseTakesNothingAndLosesNothing() throws LimitException {
        StreamLease stream = connection(ALICE).openIncoming();
        stream.close();
        assertFalse(stream.reserve(1, Priority.LINK));
        stream.release(100);
        assertThrows(LimitException.class, () -> stream.agreed("/late", 1));
        assertEquals(Limits.CONNECTION, resources.usage().memory());
    }

    @Test
    void aHoldingReservesInStepsAndKeepsItsPromise() throws LimitException {
        StreamLease stream = connection(ALICE).openIncoming();
        var holding = new Holding(stream, Priority.BUFFER);
        assertTrue(holding.resize(1));
        assertEquals(4096, stream.memory() - Limits.STREAM);
        assertTrue(holding.resize(4097));
        assertEquals(65536, stream.memory() - Limits.STREAM);
        assertTrue(holding.promise(100_000));
        holding.resize(0);
        assertEquals(100_000, stream.memory() - Limits.STREAM);
        assertFalse(holding.promise(100 * MIB));
        assertFalse(holding.resize(100 * MIB));
        assertTrue(holding.resize(100_000));
        holding.end();
        assertEquals(Limits.STREAM, stream.memory());
    }

    @Test
    void limitsFollowTheMachine() {
        Limits laptop = Limits.of(new Machine(1024 * MIB, 1024 * MIB, 1024));
        assertEquals(256 * MIB, laptop.system().memory());
        assertEquals(512, laptop.system().connections());
        assertEquals(384, laptop.system().connectionsIn());
        Limits server = Limits.of(new Machine(64 * 1024 * MIB, 64 * 1024 * MIB, 1 << 20));
        assertEquals(16 * 1024 * MIB, server.system().memory());
        assertEquals(16_384, server.system().connections());
        Limits tiny = Limits.of(new Machine(16 * MIB, 16 * MIB, 64));
        assertEquals(32, tiny.system().connections());
        assertTrue(Limits.scaled().system().connections() >= 16);
        assertTrue(Machine.here().descriptors() > 0);
    }

    @Test
    void manyThreadsTogetherNeverGoOverTheLimitAndEndWithNothing() throws Exception {
        var crowded = new Resources(Limits.ofMemory(8 * MIB).atMost(64, 8));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                PeerId peer = i % 2 == 0 ? ALICE : BOB;
                work.add(threads.submit(() -> churn(crowded, peer)));
            }
            for (Future<?> one : work) {
                one.get();
            }
        }
        assertEquals(NOTHING, crowded.usage());
    }

    private static void churn(Resources crowded, PeerId peer) {
        for (int i = 0; i < 300; i++) {
            try (ConnectionLease connection = crowded.open(i % 2 == 0, true)) {
                connection.identified(peer);
                try (StreamLease stream = connection.openIncoming()) {
                    stream.agreed("/churn", 6);
                    var holding = new Holding(stream, Priority.BUFFER);
                    for (int size = 1; size < MIB; size *= 3) {
                        holding.resize(size);
                        assertTrue(crowded.usage().memory() <= 8 * MIB);
                    }
                    holding.resize(0);
                }
            } catch (LimitException e) {
                Thread.yield();
            }
        }
    }

    private ConnectionLease connection(PeerId peer) throws LimitException {
        ConnectionLease lease = resources.open(true, true);
        lease.identified(peer);
        return lease;
    }
}
