// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.peerwerk.core.Registration;
import io.peerwerk.storage.StorageEvent;
import io.peerwerk.storage.StorageEvent.UsageChanged;
import io.peerwerk.storage.StorageListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners, in order, on one virtual thread; changes of usage that come in quick succession are told once. */
final class Events implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final long USAGE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** Stands in the queue for "the usage changed". */
    private static final UsageChanged USAGE = new UsageChanged(0, 0);

    private final List<StorageListener> listeners = new CopyOnWriteArrayList<>();
    private final BlockingQueue<StorageEvent> queue = new LinkedBlockingQueue<>();
    /** Whether {@link #USAGE} is in the queue or its event due. */
    private final AtomicBoolean marked = new AtomicBoolean();
    private final Supplier<UsageChanged> usage;
    private final Thread thread;

    Events(Supplier<UsageChanged> usage) {
        this.usage = usage;
        thread = Thread.ofVirtual().name("peerwerk-storage-events").start(this::run);
    }

    Registration listen(StorageListener listener) {
        // A wrapper, so that the same listener can be registered twice and taken off once.
        StorageListener own = listener::changed;
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    void tell(StorageEvent event) {
        queue.add(event);
    }

    /** The bytes used changed; told a moment later with the figures of then. */
    void usageChanged() {
        if (marked.compareAndSet(false, true)) {
            queue.add(USAGE);
        }
    }

    private void run() {
        boolean pending = false;
        long due = 0;
        try {
            while (true) {
                StorageEvent event = pending ? queue.poll(due - System.nanoTime(), TimeUnit.NANOSECONDS) : queue.take();
                if (event == USAGE) {
                    pending = true;
                    due = System.nanoTime() + USAGE_NANOS;
                } else if (event != null) {
                    deliver(event);
                }
                if (pending && System.nanoTime() - due >= 0) {
                    pending = false;
                    marked.set(false);
                    deliver(usage.get());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("no more events");
        }
    }

    private void deliver(StorageEvent event) {
        for (StorageListener listener : listeners) {
            try {
                listener.changed(event);
            } catch (RuntimeException e) {
                LOG.error("a storage listener failed", e);
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
