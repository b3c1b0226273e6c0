// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.rendezvous;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PeerRecord;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Discover;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.DiscoverResponse;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Register;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.RegisterResponse;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Request;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Unregister;

/**
 * Where peers register to be found: requests in, answers out. Registrations have growing numbers; who asks gets those
 * after the number in his cookie, a page at a time. A registration that is made again gets a new number, so that others
 * hear of the new addresses. Not thread-safe.
 */
public final class RendezvousPoint {

    private final RendezvousLimits limits;
    private final InstantSource clock;
    private final Registrations registrations = new Registrations();
    private final int life;
    private long lastNumber;

    public RendezvousPoint(RendezvousLimits limits, InstantSource clock, RandomGenerator random) {
        this.limits = limits;
        this.clock = clock;
        this.life = random.nextInt(Cookie.MAX_LIFE + 1);
    }

    /**
     * Answers a request; with nothing, where the protocol wants no answer.
     *
     * @param from who asks, proved by the connection
     */
    public Optional<RendezvousMessage> answer(PeerId from, Request request) {
        Instant now = clock.instant();
        registrations.expire(now);
        return switch (request) {
            case Register register -> Optional.of(register(from, register, now));
            case Unregister(String namespace) -> {
                registrations.remove(from, namespace);
                yield Optional.empty();
            }
            case Discover discover -> Optional.of(discover(discover, now));
        };
    }

    /** How many registrations are kept. */
    public int size() {
        return registrations.size();
    }

    private RegisterResponse register(PeerId from, Register request, Instant now) {
        if (request.namespace().isEmpty() || isTooLong(request.namespace())) {
            return refused(Status.INVALID_NAMESPACE, "a namespace has 1 to " + limits.maxNamespace() + " bytes");
        }
        long ttl = request.ttl() == 0 ? limits.defaultTtl().toSeconds() : request.ttl();
        if (ttl < limits.minTtl().toSeconds() || ttl > limits.maxTtl().toSeconds()) {
            return refused(Status.INVALID_TTL, "a registration lasts " + limits.minTtl().toSeconds() + " to "
                    + limits.maxTtl().toSeconds() + " seconds");
        }
        var fresh = new Entry(lastNumber + 1, from, request.namespace(), request.signedRecord(),
                now.plusSeconds(ttl));
        if (!hasRoom(fresh)) {
            return refused(Status.UNAVAILABLE, "there are too many registrations");
        }
        try {
            if (!PeerRecord.open(request.signedRecord().bytes()).peer().equals(from)) {
                return refused(Status.NOT_AUTHORIZED, "a peer registers itself alone");
            }
        } catch (FormatException e) {
            return refused(Status.INVALID_SIGNED_PEER_RECORD, "the record is not valid");
        }
        registrations.put(fresh);
        lastNumber++;
        return new RegisterResponse(Status.OK, "", ttl);
    }

    /** Looked at before the signature, which is the dear part. */
    private boolean hasRoom(Entry fresh) {
        Optional<Entry> before = registrations.find(fresh.peer(), fresh.namespace());
        long bytes = registrations.bytes() + fresh.bytes() - before.map(Entry::bytes).orElse(0);
        boolean more = before.isEmpty();
        return bytes <= limits.bytes() && (!more || registrations.size() < limits.total()
                && registrations.count(fresh.peer()) < limits.perPeer());
    }

    private static RegisterResponse refused(Status status, String why) {
        return new RegisterResponse(status, why, 0);
    }

    private DiscoverResponse discover(Discover request, Instant now) {
        if (isTooLong(request.namespace())) {
            return new DiscoverResponse(List.of(), Opaque.NONE, Status.INVALID_NAMESPACE, "the namespace is too long");
        }
        long position = 0;
        if (!request.cookie().isEmpty()) {
            Optional<Cookie> cookie = Cookie.read(request.cookie(), limits.maxNamespace())
                    .filter(c -> c.namespace().isEmpty() || c.namespace().equals(request.namespace()));
            if (cookie.isEmpty()) {
                return new DiscoverResponse(List.of(), Opaque.NONE, Status.INVALID_COOKIE, "that is not from here");
            }
            position = cookie.get().life() == life ? Math.min(cookie.get().position(), lastNumber) : 0;
        }
        return page(request, position, now);
    }

    private DiscoverResponse page(Discover request, long position, Instant now) {
        long limit = request.limit() == 0 ? limits.page() : Math.min(request.limit(), limits.page());
        NavigableMap<Long, Entry> all = registrations.in(request.namespace());
        List<Register> page = new ArrayList<>();
        long read = position;
        int bytes = 0;
        for (Entry entry : all.tailMap(position, false).values()) {
            Register registration = entry.toRegister(now);
            bytes += RendezvousCodec.size(registration);
            if (page.size() == limit || bytes > limits.pageBytes()) {
                break;
            }
            page.add(registration);
            read = entry.number();
        }
        return new DiscoverResponse(page, new Cookie(life, read, request.namespace()).toBytes(), Status.OK, "");
    }

    private boolean isTooLong(String namespace) {
        return RendezvousCodec.length(namespace) > limits.maxNamespace();
    }

    /** One registration. */
    record Entry(long number, PeerId peer, String namespace, Opaque signedRecord, Instant end) {

        int bytes() {
            return signedRecord.bytes().length + RendezvousCodec.length(namespace);
        }

        /** With the seconds that are left. */
        private Register toRegister(Instant now) {
            return new Register(namespace, signedRecord, Math.max(1, Duration.between(now, end).toSeconds()));
        }
    }
}
