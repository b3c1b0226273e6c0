// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.Membership;
import io.peerwerk.gossip.PeerSampling;
import io.peerwerk.gossip.Role;
import io.peerwerk.routing.Routing;
import io.peerwerk.routing.RoutingSnapshot;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the routing of gossip's members, while both modules are there: of those that are there when it begins, of each
 * that comes, moves or goes, and now and then of the neighbours of the peer sampling, who are random peers of the whole
 * network. The other way round, gossip hears whether this peer answers lookups.
 */
@Component(service = {}, immediate = true, configurationPid = TableFeed.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class TableFeed implements AutoCloseable {

    /** The configuration that brings it into being. */
    public static final String PID = "io.peerwerk.node.feed";

    private static final Logger LOG = LoggerFactory.getLogger(TableFeed.class);

    /** Between two looks at what waits. */
    private static final Duration TICK = Duration.ofSeconds(1);
    /** Between two looks at the neighbours: a peer that found no room, or did not answer, gets another chance. */
    private static final Duration NEIGHBOURS = Duration.ofSeconds(30);

    private final Membership membership;
    private final PeerSampling sampling;
    private final Routing routing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Introductions introductions = new Introductions(System.nanoTime()); // under the lock
    private final Registration listener;
    private final Thread thread;

    @Activate
    public TableFeed(@Reference(name = "membership") Membership membership,
            @Reference(name = "sampling") PeerSampling sampling, @Reference(name = "routing") Routing routing) {
        this.membership = membership;
        this.sampling = sampling;
        this.routing = routing;
        this.listener = membership.listen(this::changed);
        begin();
        this.thread = Thread.ofVirtual().name("node-table-feed").start(this::run);
    }

    /** In random order: there may be more members than find room, and all peers should not choose the same. */
    private void begin() {
        List<Member> members = new ArrayList<>(membership.reachable());
        Collections.shuffle(members, new SplittableRandom());
        members.forEach(member -> changed(null, member));
    }

    private void changed(@Nullable Member before, Member now) {
        lock.lock();
        try {
            introductions.changed(before, now);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        long looked = System.nanoTime();
        try {
            tellOthers();
            while (!Thread.currentThread().isInterrupted()) {
                if (System.nanoTime() - looked >= NEIGHBOURS.toNanos()) {
                    looked = System.nanoTime();
                    meet();
                    tellOthers();
                }
                await().forEach(this::tell);
            }
        } catch (InterruptedException e) {
            LOG.trace("the routing hears of nobody any more", e);
        } finally {
            membership.advertise(Role.ROUTING, false);
        }
    }

    /** Whether this peer answers lookups; that depends on how it is reached, and changes. */
    private void tellOthers() {
        membership.advertise(Role.ROUTING, routing.snapshot().tables().stream().anyMatch(RoutingSnapshot.Table::serving));
    }

    private void meet() {
        for (PeerId peer : sampling.view()) {
            Optional<Member> member = membership.find(peer);
            if (member.isEmpty() || member.get().state().isReachable()) {
                lock.lock();
                try {
                    introductions.met(peer, member.map(Member::addresses).orElse(List.of()));
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    private List<Introductions.Word> await() throws InterruptedException {
        lock.lock();
        try {
            List<Introductions.Word> words = introductions.next(System.nanoTime());
            if (words.isEmpty()) {
                changed.await(TICK.toMillis(), TimeUnit.MILLISECONDS);
                words = introductions.next(System.nanoTime());
            }
            return words;
        } finally {
            lock.unlock();
        }
    }

    /** The edge of the thread: what goes wrong with one peer costs that one. */
    private void tell(Introductions.Word word) {
        try {
            if (word.here()) {
                routing.offer(word.peer(), word.addresses());
            } else {
                routing.doubt(word.peer());
            }
        } catch (RuntimeException e) {
            LOG.error("the routing could not be told of {}", word.peer().brief(), e);
        }
    }

    /** Nothing is told any more, and nobody is sent here with a lookup: the routing may be going. */
    @Deactivate
    @Override
    public void close() {
        listener.close();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the role is taken back all the same, only later
        }
    }
}
