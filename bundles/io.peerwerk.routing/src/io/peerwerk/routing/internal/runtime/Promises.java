// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.routing.internal.kad.Duties;
import io.peerwerk.routing.internal.record.Validators;
import io.peerwerk.routing.internal.runtime.DhtOptions.Surroundings;
import io.peerwerk.routing.internal.wire.KadRecord;
import io.peerwerk.routing.internal.wire.Octets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this peer has announced and put: told again in time, one after the other, in the background. Thread-safe. */
final class Promises implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Promises.class);

    private final InstantSource clock;
    private final Duration tick;
    private final Supplier<Duration> again;
    private final Telling<Octets> content;
    private final Telling<KadRecord> value;
    private final Thread thread = Thread.ofVirtual().name("routing-promises").unstarted(this::keep);

    // Under this object's lock.
    private final Duties contents = new Duties();
    private final Duties values = new Duties();
    private final Map<Octets, KadRecord> records = new HashMap<>();

    /** Tells the network; gives how many peers have taken it. */
    @FunctionalInterface
    interface Telling<T> {
        int tell(T what) throws IOException;
    }

    /** @param again how long what has been told may rest, at this moment */
    Promises(Surroundings surroundings, Supplier<Duration> again, Telling<Octets> content, Telling<KadRecord> value) {
        this.clock = surroundings.clock();
        this.tick = surroundings.tick();
        this.again = again;
        this.content = content;
        this.value = value;
    }

    void start() {
        thread.start();
    }

    /** This peer has the content from now on, whether others could be told of it or not. */
    synchronized void provide(Octets key, boolean worked) {
        contents.told(key, worked, clock.instant());
    }

    synchronized void unprovide(Octets key) {
        contents.drop(key);
    }

    synchronized boolean provides(Octets key) {
        return contents.contains(key);
    }

    synchronized void put(KadRecord record, boolean worked) {
        records.put(record.key(), record);
        values.told(record.key(), worked, clock.instant());
    }

    /** The value that this peer has put. */
    synchronized Optional<KadRecord> record(Octets key) {
        return Optional.ofNullable(records.get(key));
    }

    private void keep() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(tick);
                for (Octets key : dueContents(again.get())) {
                    again(key, works(content, key));
                }
                for (KadRecord record : dueValues(again.get())) {
                    again(record, works(value, record));
                }
            }
        } catch (InterruptedException e) {
            LOG.trace("nothing is told again", e);
        }
    }

    /** Unless it has been taken back meanwhile. */
    private synchronized void again(Octets key, boolean worked) {
        if (contents.contains(key)) {
            provide(key, worked);
        }
    }

    /** Unless there is another value meanwhile. */
    private synchronized void again(KadRecord record, boolean worked) {
        if (record.equals(records.get(record.key()))) {
            put(record, worked);
        }
    }

    private synchronized List<Octets> dueContents(Duration rest) {
        return contents.due(clock.instant(), rest);
    }

    /** A value that has run out is nobody's any more. */
    private synchronized List<KadRecord> dueValues(Duration rest) {
        List<KadRecord> due = values.due(clock.instant(), rest).stream().map(records::get).toList();
        return due.stream().filter(record -> isValid(record) || !forget(record)).toList();
    }

    private boolean isValid(KadRecord record) {
        try {
            new Validators().check(record, clock.instant());
            return true;
        } catch (FormatException e) {
            LOG.debug("a value is not told again: {}", e.getMessage());
            return false;
        }
    }

    private boolean forget(KadRecord record) {
        values.drop(record.key());
        return records.remove(record.key()) != null;
    }

    private static <T> boolean works(Telling<T> telling, T what) {
        try {
            return telling.tell(what) > 0;
        } catch (IOException e) {
            LOG.debug("it is told again later: {}", e.getMessage());
            return false;
        } catch (RuntimeException e) {
            LOG.error("it could not be told again", e);
            return false;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
