// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MembershipListener;

/** What is known of the members, for any thread to read; and those who want to hear of changes. */
final class Directory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);

    /** Changes that wait for slow listeners, at most. */
    private static final int MAX_WAITING = 10_000;

    /** @param heardAt when the last news of it came */
    private record Entry(Member member, Instant heardAt) {
    }

    private final Map<PeerId, Entry> members = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final List<MembershipListener> listeners = new CopyOnWriteArrayList<>();
    private final ThreadPoolExecutor teller = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING), Thread.ofVirtual().name("gossip-listeners").factory(),
            (task, executor) -> {
                if (!executor.isShutdown()) {
                    LOG.warn("a listener to the membership is {} changes behind: one is dropped", MAX_WAITING);
                }
            });
    private volatile Member self;

    Directory(Member self, InstantSource clock) {
        this.self = self;
        this.clock = clock;
    }

    Member self() {
        return self;
    }

    List<Member> members() {
        return members.values().stream().map(Entry::member).toList();
    }

    boolean isMember(PeerId peer) {
        return members.containsKey(peer);
    }

    Optional<Member> find(PeerId peer) {
        Member me = self;
        return peer.equals(me.id()) ? Optional.of(me) : Optional.ofNullable(members.get(peer)).map(Entry::member);
    }

    Optional<Instant> heardOf(PeerId peer) {
        return Optional.ofNullable(members.get(peer)).map(Entry::heardAt);
    }

    boolean isAlone() {
        return members.values().stream().noneMatch(entry -> entry.member().state().isReachable());
    }

    Registration listen(MembershipListener listener) {
        // A wrapper, so that one listener registered twice is two registrations.
        MembershipListener registered = listener::changed;
        listeners.add(registered);
        return () -> listeners.remove(registered);
    }

    void present(Member me) {
        self = me;
    }

    void changed(@Nullable Member before, Member now) {
        members.put(now.id(), new Entry(now, clock.instant()));
        if (!listeners.isEmpty()) {
            teller.execute(() -> tell(before, now));
        }
    }

    /** It has answered, and only the round trip is new. */
    void measured(Member now) {
        members.replace(now.id(), new Entry(now, clock.instant()));
    }

    void forgotten(PeerId peer) {
        members.remove(peer);
    }

    private void tell(@Nullable Member before, Member now) {
        for (MembershipListener listener : listeners) {
            try {
                listener.changed(before, now);
            } catch (RuntimeException e) {
                LOG.error("a listener to the membership failed on {}", now, e);
            }
        }
    }

    @Override
    public void close() {
        teller.shutdownNow();
    }
}
