// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.bulk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Over which path streams for bulk data go to one peer. Times are nanoseconds of any clock that never goes back; all
 * methods are short and thread-safe.
 *
 * @param <P> a path, compared by identity or equality
 */
public final class BulkRoute<P> {

    /** Bytes in a few seconds of activity that are worth a second connection. */
    public static final long WORTH = 4 << 20;

    /** Bytes that a path on trial may take to find its speed. */
    static final long WARM_UP = 1 << 20;

    /** How much faster a path must be for the change to be worth it; less is noise. */
    static final double GAIN = 1.2;

    /** From one trial to the next: at first, and after many that changed nothing. */
    static final long FIRST_PAUSE = TimeUnit.MINUTES.toNanos(1);
    static final long LONGEST_PAUSE = TimeUnit.HOURS.toNanos(1);

    /** A trial without enough data in this time is over. */
    static final long LONGEST_TRIAL = TimeUnit.SECONDS.toNanos(15);

    /** From a failed dial to the next one, at first. */
    static final long FIRST_RETRY = TimeUnit.SECONDS.toNanos(30);

    /** A path that has streams open and moves nothing for so long is not relied on. */
    static final long STALLED = TimeUnit.SECONDS.toNanos(5);

    /** What was measured so long ago says nothing any more. */
    static final long STALE = TimeUnit.MINUTES.toNanos(1);

    private static final class Path {

        private final Sample sample = new Sample();
        private int open;
        private long at;
        private long moved;

        private Path(long now) {
            at = now;
            moved = now;
        }
    }

    private final Map<P, Path> paths = new HashMap<>();
    private @Nullable P chosen;
    private @Nullable P tried;
    private long trialSince;
    private long trialPause = FIRST_PAUSE;
    private long dialPause = FIRST_RETRY;
    private long nextTrial;
    private long nextDial;
    private boolean dialling;

    /** Nothing is measured yet; a trial may come at once. */
    public BulkRoute(long now) {
        nextTrial = now;
        nextDial = now;
    }

    /**
     * The path for the next stream.
     *
     * @param there the paths there are, the usual one first
     */
    public synchronized P choose(List<P> there, long now) {
        P usual = there.getFirst();
        forgetAllBut(there, now);
        settleTrial(now);
        if (chosen == null) {
            chosen = usual;
        } else if (!chosen.equals(usual) && isStalled(chosen, now)) {
            chosen = usual;
            endTrial(now, false);
        }
        if (tried == null && now - nextTrial >= 0 && isMeasured(chosen, now)) {
            beginTrial(there, now);
        }
        return tried != null ? tried : chosen;
    }

    private void forgetAllBut(List<P> there, long now) {
        List.copyOf(paths.keySet()).stream().filter(path -> !there.contains(path)).forEach(path -> gone(path, now));
        there.forEach(path -> path(path, now));
    }

    private Path path(P path, long now) {
        return paths.computeIfAbsent(path, p -> new Path(now));
    }

    private boolean isStalled(P path, long now) {
        Path found = path(path, now);
        return found.open > 0 && now - found.moved > STALLED;
    }

    private boolean isMeasured(P path, long now) {
        Path found = path(path, now);
        return now - found.moved < STALE && found.sample.isEnough();
    }

    private void beginTrial(List<P> there, long now) {
        there.stream().filter(path -> !path.equals(chosen)).findFirst().ifPresent(other -> {
            tried = other;
            trialSince = now;
            path(other, now).sample.begin(WARM_UP);
        });
    }

    private void settleTrial(long now) {
        P other = tried;
        P before = chosen;
        if (other == null || before == null) {
            return;
        }
        Sample sample = path(other, now).sample;
        Sample known = path(before, now).sample;
        if (sample.isEnough()) {
            boolean wins = sample.isLike(known) && sample.speed() > GAIN * known.speed();
            chosen = wins ? other : before;
            endTrial(now, wins);
        } else if (now - trialSince > LONGEST_TRIAL || isStalled(other, now)) {
            endTrial(now, false);
        }
    }

    private void endTrial(long now, boolean won) {
        tried = null;
        long pause = won ? FIRST_PAUSE : trialPause;
        nextTrial = now + pause;
        trialPause = won ? pause : Math.min(2 * pause, LONGEST_PAUSE);
        dialPause = won ? FIRST_RETRY : dialPause;
    }

    /** A stream was opened on a path. */
    public synchronized void opened(P on, long now) {
        Path path = path(on, now);
        if (path.open == 0) {
            if (now - path.moved > STALE) {
                path.sample.begin(0);
            }
            path.moved = now;
        }
        passed(path, now);
        path.open++;
    }

    /** A stream is over. */
    public synchronized void closed(P on, long now) {
        Path path = paths.get(on);
        if (path != null && path.open > 0) {
            passed(path, now);
            path.open--;
        }
    }

    /** A stream has moved bytes. */
    public synchronized void moved(P on, int bytes, boolean out, long now) {
        Path path = paths.get(on);
        if (path != null && path.open > 0) {
            if (passed(path, now)) {
                path.sample.moved(bytes, out);
            }
            path.moved = now;
        }
    }

    /** Counts the time since the last event of a path, unless another one has moved bytes meanwhile: they share. */
    private boolean passed(Path path, long now) {
        long since = path.at;
        path.at = now;
        boolean alone = true;
        for (Map.Entry<P, Path> other : paths.entrySet()) {
            boolean moves = other.getValue().open > 0 && other.getValue().moved - since >= 0;
            alone &= other.getValue() == path || !moves;
        }
        if (alone && path.open > 0) {
            path.sample.passed(now - since);
        }
        return alone;
    }

    /** Whether one more path is worth a dial now; it counts as under way then, until it is told what came of it. */
    public synchronized boolean wantsAnother(long now) {
        P current = chosen;
        boolean wanted = !dialling && current != null && now - nextDial >= 0 && now - nextTrial >= 0
                && path(current, now).sample.bytes() >= WORTH;
        dialling |= wanted;
        return wanted;
    }

    /** The dial has given a path. */
    public synchronized void dialled() {
        dialling = false;
    }

    /** The dial has failed, or the path that it gave is gone without being asked to. */
    public synchronized void failed(long now) {
        dialling = false;
        nextDial = now + dialPause;
        dialPause = Math.min(2 * dialPause, LONGEST_PAUSE);
    }

    /** A path is gone. */
    public synchronized void gone(P path, long now) {
        paths.remove(path);
        if (tried != null && (path.equals(tried) || path.equals(chosen))) {
            endTrial(now, false);
        }
        if (path.equals(chosen)) {
            chosen = null;
        }
    }

    /** How long no stream was on a path, or moved anything; in nanoseconds. */
    public synchronized long quiet(P path, long now) {
        return now - path(path, now).moved;
    }
}
