// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.internal.dial.AddressGate;
import io.peerwerk.transport.internal.dial.DialBackoff;
import io.peerwerk.transport.internal.dial.DialRanking;
import io.peerwerk.transport.internal.dial.DialSlots;
import io.peerwerk.transport.internal.dial.DomainNames;
import io.peerwerk.transport.internal.dial.Names;
import io.peerwerk.transport.internal.dial.Resolver;

/** What a dialler goes by. */
record DialRules(Resolver resolver, AddressGate gate, DialBackoff backoff, DialRanking ranking, DialSlots slots) {

    /** Attempts under way at most, in all and for one peer: each holds a socket and a handshake. */
    static final int MAX_DIALS = 128;
    static final int MAX_DIALS_PER_PEER = 8;

    /** Attempts that wait for their turn. */
    static final int MAX_WAITING = 4096;

    /** Threads that look up names: these calls block in the system, where virtual threads would hold up others. */
    private static final int LOOKUPS = 4;
    private static final int LOOKUPS_WAITING = 64;
    private static final int IDLE_SECONDS = 10;

    /**
     * @param stagger   head start of one public address over the next
     * @param bound     what this host listens on, with no wildcards
     * @param connected the remote addresses of its live connections
     */
    static DialRules standard(Duration stagger, Supplier<? extends Collection<Multiaddr>> bound,
            Supplier<? extends Collection<Multiaddr>> connected, InstantSource clock) {
        return with(new DomainNames(), stagger, new AddressGate(bound, connected), clock);
    }

    /** The same with other names and another gate. */
    static DialRules with(Names names, Duration stagger, AddressGate gate, InstantSource clock) {
        ThreadFactory threads = new DefaultThreadFactory("peerwerk-names", true);
        var lookups = new ThreadPoolExecutor(LOOKUPS, LOOKUPS, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(LOOKUPS_WAITING), threads);
        lookups.allowCoreThreadTimeOut(true);
        return new DialRules(new Resolver(names, lookups, clock), gate, new DialBackoff(clock),
                new DialRanking(stagger), new DialSlots(MAX_DIALS, MAX_DIALS_PER_PEER, MAX_WAITING));
    }
}
