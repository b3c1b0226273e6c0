// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.routing.RoutingSnapshot;
import io.peerwerk.routing.internal.kad.AddressRules;
import io.peerwerk.routing.internal.kad.Contact;
import io.peerwerk.routing.internal.kad.KadKey;
import io.peerwerk.routing.internal.kad.Lookup;
import io.peerwerk.routing.internal.kad.LookupOptions;
import io.peerwerk.routing.internal.kad.NetworkSize;
import io.peerwerk.routing.internal.kad.ProviderStore;
import io.peerwerk.routing.internal.kad.RecordStore;
import io.peerwerk.routing.internal.kad.Responder;
import io.peerwerk.routing.internal.kad.RoutingTable;
import io.peerwerk.routing.internal.kad.StoreLimits;
import io.peerwerk.routing.internal.kad.Upkeep;
import io.peerwerk.routing.internal.kad.UpkeepAction;
import io.peerwerk.routing.internal.record.Validators;
import io.peerwerk.routing.internal.runtime.DhtOptions.Surroundings;
import io.peerwerk.routing.internal.wire.KadMessage;
import io.peerwerk.routing.internal.wire.KadType;
import io.peerwerk.routing.internal.wire.Octets;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.ConnectionListener;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.Identification;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One table over the host: knows its peers, answers them, and runs lookups. Thread-safe. */
final class Dht implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dht.class);

    private final Host host;
    private final DhtOptions options;
    private final Surroundings surroundings;
    private final Places places;
    private final Questions questions;
    private final Serving serving;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Under the lock.
    private final RoutingTable table;
    private final Upkeep upkeep;
    private final RecordStore records;
    private final ProviderStore providers;
    private final Responder responder;
    private final NetworkSize size = new NetworkSize();
    private @Nullable Registration handler;

    private final Registration listener;
    private final Thread keeper;
    private volatile boolean closed;

    /** @param provides whether this peer has some content */
    Dht(Host host, DhtOptions options, Surroundings surroundings, Predicate<Octets> provides) {
        this.host = host;
        this.options = options;
        this.surroundings = surroundings;
        this.places = new Places(host, options);
        this.questions = new Questions(host, options.protocol());
        this.serving = new Serving(this::serve);
        KadKey self = KadKey.of(host.id());
        this.table = new RoutingTable(self, options.diversity());
        this.upkeep = new Upkeep(host.id(), table, surroundings.random());
        this.records = new RecordStore(self, new Validators(), StoreLimits.RECORDS);
        this.providers = new ProviderStore(self, StoreLimits.PROVIDERS);
        this.responder = new Responder(host.id(), new Responder.Stores(table, records, providers),
                places.around(provides));
        this.listener = host.listen(new ConnectionListener() {
            @Override
            public void identified(Connection connection) {
                Dht.this.identified(connection);
            }
        });
        host.connections().forEach(this::identified);
        this.keeper = Thread.ofVirtual().name("routing-" + options.protocol()).start(this::keep);
    }

    /** Which addresses belong into the table now. */
    AddressRules rules() {
        return places.rules();
    }

    // ---- peers that come and go

    private void identified(Connection connection) {
        Optional<Identification> said = connection.identification();
        if (said.isEmpty()) {
            return;
        }
        boolean serves = said.get().protocols().contains(options.protocol());
        Optional<Contact> contact = serves ? places.contact(connection.peer(),
                Questions.entry(connection, List.of()), said.get().listenAddresses()) : Optional.empty();
        change(() -> {
            if (!serves) {
                upkeep.left(connection.peer());
            }
            contact.ifPresent(upkeep::met);
        });
    }

    /** Somebody proposes a peer. */
    void offer(PeerId peer, Collection<Multiaddr> addresses) {
        List<Multiaddr> usable = places.rules().diallable(addresses.isEmpty() ? host.known(peer) : addresses);
        if (!usable.isEmpty() && !peer.equals(host.id())) {
            note(() -> upkeep.offered(new Contact(peer, usable), now()));
        }
    }

    /** Somebody holds a peer for gone. */
    void doubt(PeerId peer) {
        change(() -> upkeep.doubted(peer));
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A step that most often leaves nothing to do: the keeper is woken if there is, or if the table was empty. */
    private void note(Runnable step) {
        lock.lock();
        try {
            boolean wasEmpty = table.size() == 0;
            step.run();
            if (wasEmpty || upkeep.hasChecks()) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private Instant now() {
        return surroundings.clock().instant();
    }

    // ---- in the background

    private void keep() {
        while (!closed) {
            try {
                attend();
                pause();
            } catch (InterruptedException e) {
                LOG.trace("{} ends", options.protocol(), e);
                return;
            }
        }
    }

    /** The edge of the thread: a mistake of ours costs this one step. */
    private void attend() {
        try {
            attendHandler();
            next().forEach(action -> Thread.ofVirtual().name("routing-upkeep").start(() -> carryOut(action)));
        } catch (RuntimeException e) {
            LOG.error("a step of {} failed", options.protocol(), e);
        }
    }

    private List<UpkeepAction> next() {
        lock.lock();
        try {
            records.expire(now());
            providers.expire(now());
            return upkeep.next(now());
        } finally {
            lock.unlock();
        }
    }

    private void pause() throws InterruptedException {
        lock.lock();
        try {
            changed.await(surroundings.tick().toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            lock.unlock();
        }
    }

    private void carryOut(UpkeepAction action) {
        switch (action) {
            case UpkeepAction.Check(Contact contact) -> check(contact);
            case UpkeepAction.Refresh(Octets target) -> {
                try {
                    closest(KadMessage.of(KadType.FIND_NODE, target), new Visit());
                } catch (IOException e) {
                    LOG.debug("a refresh of {} failed: {}", options.protocol(), e.getMessage());
                } finally {
                    change(upkeep::refreshed);
                }
            }
        }
    }

    /** Whatever the peer does, this ends in time: few are checked at once. */
    private void check(Contact contact) {
        boolean entered = false;
        try {
            var fan = new Fan(peer -> {
                Reply reply = question(peer, KadMessage.of(KadType.FIND_NODE, new Octets(host.id().toBytes())));
                if (!entered(peer, reply)) {
                    throw new IOException("it was not where the peers of the table belong");
                }
            });
            fan.start(contact);
            entered = fan.await(surroundings.patience()) > 0;
        } catch (InterruptedIOException e) {
            LOG.trace("{} is not checked to the end", contact.id().brief(), e);
        } finally {
            if (!entered) {
                change(() -> upkeep.silent(contact.id(), now()));
            }
        }
    }

    /** A peer has answered: into the table with it, if it was where its kind belongs. */
    private boolean entered(Contact peer, Reply reply) {
        Optional<Contact> contact = places.contact(peer.id(), reply.entry(), peer.addresses());
        List<Contact> rumours = places.closer(reply.message());
        note(() -> {
            contact.ifPresent(found -> upkeep.checked(found, now()));
            rumours.forEach(rumour -> upkeep.offered(rumour, now()));
        });
        return contact.isPresent();
    }

    /** Takes questions while this peer is to serve. */
    private void attendHandler() {
        boolean serve = switch (options.mode()) {
            case CLIENT -> false;
            case SERVER -> true;
            case AUTO -> !places.rules().diallable(host.addresses()).isEmpty();
        };
        lock.lock();
        try {
            if (serve && handler == null && !closed) {
                handler = host.handle(options.protocol(), serving::serve);
            } else if (!serve && handler != null) {
                stopServing();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nobody is answered from here on, on streams that are open neither. Under the lock. */
    private void stopServing() {
        if (handler != null) {
            handler.close();
            handler = null;
            serving.reset();
        }
    }

    private Optional<KadMessage> serve(PeerId from, KadMessage question) throws IOException {
        Responder.Checked checked = responder.check(question, now());
        lock.lock();
        try {
            if (handler == null) { // the stream was on its way here when serving ended
                throw new IOException("this peer does not serve");
            }
            return responder.answer(from, checked, now());
        } finally {
            lock.unlock();
        }
    }

    // ---- lookups

    /** What a lookup does with each answer; this one does nothing. */
    static class Visit {

        private volatile Runnable wake = () -> { };

        /** A peer has answered. */
        void answered(Contact peer, KadMessage answer) {
        }

        /** Whether the lookup may end; asked after each answer, and when {@link #wake} is called. */
        boolean enough() {
            return false;
        }

        /** It may be enough though nobody has answered. Any thread may call it. */
        final void wake() {
            wake.run();
        }
    }

    /** Asks ever closer peers the question, whose key is the place that is looked for. Blocks. */
    Lookup closest(KadMessage question, Visit visit) throws IOException {
        Lookup lookup = lookup(question.key());
        run(lookup, question, visit);
        return lookup;
    }

    /** A lookup from what the table knows. */
    Lookup lookup(Octets key) {
        KadKey target = KadKey.of(key);
        lock.lock();
        try {
            return new Lookup(target, host.id(), table.closest(target, RoutingTable.BUCKET_SIZE),
                    LookupOptions.standard(options.diversity()));
        } finally {
            lock.unlock();
        }
    }

    /** Carries a lookup out. */
    void run(Lookup lookup, KadMessage question, Visit visit) throws IOException {
        var run = new Run(lookup, question, this::question, surroundings.patience());
        visit.wake = run::wake;
        run.until(new Run.Listener() {
            @Override
            public void answered(Contact peer, Reply reply) {
                entered(peer, reply);
                visit.answered(peer, reply.message());
            }

            @Override
            public void missed(Contact peer) {
                note(() -> upkeep.missed(peer.id(), now()));
            }

            @Override
            public boolean enough() {
                return closed || visit.enough();
            }

            @Override
            public List<Contact> closer(KadMessage answer) {
                return places.closer(answer);
            }
        });
        if (closed) {
            throw new IOException("the routing module is gone");
        }
        if (lookup.isComplete()) {
            change(() -> size.observe(lookup.target(), lookup.closest()));
        }
    }

    /** Asks one peer; blocks. */
    KadMessage ask(Contact peer, KadMessage question) throws IOException {
        return question(peer, question).message();
    }

    /** Tells one peer something that has no answer; blocks. */
    void tell(Contact peer, KadMessage news) throws IOException {
        questions.tell(peer, news, surroundings.patience());
    }

    private Reply question(Contact peer, KadMessage question) throws IOException {
        return questions.ask(peer, question, surroundings.patience());
    }

    /** The longest that telling many peers at once takes; each is dialled first, if it is not connected. */
    Duration telling() {
        return surroundings.patience().multipliedBy(2);
    }

    /** Answers this peer's own question, as if another peer asked. */
    Optional<KadMessage> askSelf(KadMessage question) throws IOException {
        Responder.Checked checked = responder.check(question, now());
        lock.lock();
        try {
            return responder.answer(host.id(), checked, now());
        } finally {
            lock.unlock();
        }
    }

    // ---- figures

    /** Waits until there is a peer in the table, if one is on its way there. */
    boolean awaitPeers(Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        lock.lock();
        try {
            long left = end - System.nanoTime();
            while (table.size() == 0 && !closed && left > 0) {
                changed.awaitNanos(left);
                left = end - System.nanoTime();
            }
            if (closed) {
                throw new IOException("the routing module is gone");
            }
            return table.size() > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for peers");
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return table.size();
        } finally {
            lock.unlock();
        }
    }

    /** After which time half of the peers of the table will have left, as far as that shows. */
    Duration halfLife(Duration longest) {
        lock.lock();
        try {
            return upkeep.turnover().halfLife(longest);
        } finally {
            lock.unlock();
        }
    }

    long networkSize() {
        lock.lock();
        try {
            return size.estimate();
        } finally {
            lock.unlock();
        }
    }

    RoutingSnapshot.Table snapshot() {
        lock.lock();
        try {
            List<RoutingSnapshot.Bucket> buckets = new ArrayList<>();
            table.byBucket().forEach((number, entries) -> buckets.add(new RoutingSnapshot.Bucket(number, entries.stream()
                    .map(entry -> new RoutingSnapshot.Entry(entry.contact().id(), entry.contact().addresses(),
                            entry.added(), entry.seen())).toList())));
            return new RoutingSnapshot.Table(options.protocol(), handler != null, size.estimate(), providers.size(),
                    records.size(), buckets);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        listener.close();
        keeper.interrupt();
        change(this::stopServing);
    }
}
