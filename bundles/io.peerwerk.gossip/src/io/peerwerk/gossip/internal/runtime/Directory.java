// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

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

    private final Map<PeerId, Member> members = new ConcurrentHashMap<>();
    private final List<MembershipListener> listeners = new CopyOnWriteArrayList<>();
    private final ThreadPoolExecutor teller = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING), Thread.ofVirtual().name("gossip-listeners").factory(),
            (task, executor) -> {
                if (!executor.isShutdown()) {
                    LOG.warn("a listener to the membership is {} changes behind: one is dropped", MAX_WAITING);
                }
            });
    private volatile Member self;

    Directory(Member self) {
        this.self = self;
    }

    Member self() {
        return self;
    }

    List<Member> members() {
        return List.copyOf(members.values());
    }

    boolean isMember(PeerId peer) {
        return members.containsKey(peer);
    }

    Optional<Member> find(PeerId peer) {
        Member me = self;
        return Optional.ofNullable(peer.equals(me.id()) ? me : members.get(peer));
    }

    boolean isAlone() {
        return members.values().stream().noneMatch(member -> member.state().isReachable());
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
        members.put(now.id(), now);
        if (!listeners.isEmpty()) {
            teller.execute(() -> tell(before, now));
        }
    }

    /** Only the round trip is new. */
    void measured(Member now) {
        members.replace(now.id(), now);
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
