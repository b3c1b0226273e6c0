// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.churn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.peerwerk.core.multiformats.Cid;
import org.jspecify.annotations.Nullable;

/** What can be looked for now. Thread-safe. */
final class LiveKeys {

    private final List<Key> keys = new ArrayList<>(); // under this object's lock

    /** Something that its owner has announced. */
    static final class Key {

        private final Tenant owner;
        private final @Nullable Cid content;
        private final long since = System.nanoTime();
        private volatile int version;

        private Key(Tenant owner, @Nullable Cid content, int version) {
            this.owner = owner;
            this.content = content;
            this.version = version;
        }

        Tenant owner() {
            return owner;
        }

        /** What its owner provides; null for the owner's name. */
        @Nullable Cid content() {
            return content;
        }

        /** Of the name: what it points to has been published so often. */
        int version() {
            return version;
        }

        /** When it was announced first. */
        long since() {
            return since;
        }
    }

    synchronized void provided(Tenant owner, Cid content) {
        if (owner.isAlive()) {
            keys.add(new Key(owner, content, 0));
        }
    }

    synchronized void published(Tenant owner, int version) {
        if (owner.isAlive()) {
            keys.stream().filter(key -> key.owner == owner && key.content == null).findFirst()
                    .ifPresentOrElse(key -> key.version = version, () -> keys.add(new Key(owner, null, version)));
        }
    }

    /** The owner dies. */
    synchronized void drop(Tenant owner) {
        keys.removeIf(key -> key.owner == owner);
    }

    /** One that is not the asker's own. */
    synchronized Optional<Key> any(Tenant asker, RandomGenerator random) {
        List<Key> others = keys.stream().filter(key -> key.owner != asker).toList();
        return others.isEmpty() ? Optional.empty() : Optional.of(others.get(random.nextInt(others.size())));
    }

    synchronized int size() {
        return keys.size();
    }
}
