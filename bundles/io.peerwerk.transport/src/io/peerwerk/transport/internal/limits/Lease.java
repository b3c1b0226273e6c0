// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.limits;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that is held, and counted in several scopes at once until it is closed. Memory is reserved and given back
 * while it lives; what it still has at its end goes back by itself.
 */
public abstract sealed class Lease implements AutoCloseable permits ConnectionLease, StreamLease {

    private final List<Kind> kinds;
    private Scope[] scopes = {};
    private long memory;
    private boolean closed;

    Lease(Kind... kinds) {
        this.kinds = List.of(kinds);
    }

    /**
     * Reserves memory.
     *
     * @return whether it is there; never once the lease is closed
     */
    public final synchronized boolean reserve(long bytes, Priority priority) {
        if (closed || !addMemory(scopes, bytes, priority)) {
            return false;
        }
        memory += bytes;
        return true;
    }

    /** Gives memory back. After the end of the lease it does nothing: that has given back everything. */
    public final synchronized void release(long bytes) {
        if (closed) {
            return;
        }
        if (bytes > memory) {
            throw new IllegalStateException(bytes + " bytes are given back where " + memory + " were reserved");
        }
        memory -= bytes;
        for (Scope scope : scopes) {
            scope.remove(bytes);
        }
    }

    /** The bytes that are reserved now. */
    public final synchronized long memory() {
        return memory;
    }

    /** Whether it still counts. */
    public final synchronized boolean isOpen() {
        return !closed;
    }

    /** Gives everything back. A second call does nothing. */
    @Override
    public final void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            for (Scope scope : scopes) {
                leave(scope);
            }
            memory = 0;
        }
        released();
    }

    /** Called once, when nothing is held any more. */
    abstract void released();

    /**
     * Counts in other scopes from now on. Enters the new ones before it leaves the old ones; if one has no room nothing
     * has changed. Who notes down something about the new ones does so under this lease's monitor, which the end of the
     * lease takes as well.
     */
    final synchronized void move(Scope... to) throws LimitException {
        if (closed) {
            throw new LimitException("it is closed already");
        }
        List<Scope> fresh = without(to, scopes);
        for (int i = 0; i < fresh.size(); i++) {
            try {
                enter(fresh.get(i));
            } catch (LimitException e) {
                fresh.subList(0, i).forEach(this::leave);
                throw e;
            }
        }
        without(scopes, to).forEach(this::leave);
        scopes = to.clone();
    }

    private void enter(Scope scope) throws LimitException {
        for (int i = 0; i < kinds.size(); i++) {
            if (!scope.add(kinds.get(i), 1)) {
                removeKinds(scope, i);
                throw new LimitException("too many " + kinds.get(i) + ", " + scope);
            }
        }
        if (!scope.add(memory, Priority.OPENING)) {
            removeKinds(scope, kinds.size());
            throw new LimitException("no memory, " + scope);
        }
    }

    private void leave(Scope scope) {
        removeKinds(scope, kinds.size());
        scope.remove(memory);
    }

    private void removeKinds(Scope scope, int count) {
        kinds.subList(0, count).forEach(kind -> scope.remove(kind, 1));
    }

    private static boolean addMemory(Scope[] scopes, long bytes, Priority priority) {
        for (int i = 0; i < scopes.length; i++) {
            if (!scopes[i].add(bytes, priority)) {
                for (int j = 0; j < i; j++) {
                    scopes[j].remove(bytes);
                }
                return false;
            }
        }
        return true;
    }

    private static List<Scope> without(Scope[] scopes, Scope[] others) {
        var rest = new ArrayList<Scope>(List.of(scopes));
        rest.removeAll(List.of(others));
        return rest;
    }
}
