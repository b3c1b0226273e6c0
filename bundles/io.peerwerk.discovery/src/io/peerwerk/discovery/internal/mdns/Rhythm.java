// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.mdns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When this peer asks and tells on one link. It asks at once, then ever less often, and not while others ask the same:
 * all hear the answers. It tells of itself twice at the start, and later when somebody asks; a moment after that, since
 * many are asked at once, and once a second at most, however often it is asked. When its addresses change, it begins
 * anew.
 *
 * <p>Times are milliseconds of any clock that only goes forward. Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6762#section-5.2">RFC 6762, sections 5.2, 6, 7.3 and 8.3</a>
 */
public final class Rhythm {

    /** What to do. */
    public enum Deed {

        /** Send {@link Presence#search()}. */
        ASK,

        /** Send {@link Presence#announcement()}. */
        TELL
    }

    static final long FIRST_PAUSE = 1_000;

    /** Half the time that others keep what was told, so that whoever is there is heard of again before that. */
    static final long LONGEST_PAUSE = Duration.ofSeconds(Presence.TTL / 2).toMillis();

    static final long BETWEEN_ANNOUNCEMENTS = 1_000;

    private static final int MIN_DELAY = 20;
    private static final int MAX_DELAY = 120;
    private static final long NEVER = Long.MAX_VALUE;

    private final RandomGenerator random;
    private long ask;
    private long pause = FIRST_PAUSE;
    private long tell;
    private long told;
    private long replied;
    private boolean tellAgain = true;

    public Rhythm(RandomGenerator random, long now) {
        this.random = random;
        this.ask = now + delay();
        this.tell = ask + delay();
        this.told = now - BETWEEN_ANNOUNCEMENTS;
        this.replied = told;
    }

    /** What to do now; the time until {@link #next()} has passed. */
    public List<Deed> due(long now) {
        List<Deed> deeds = new ArrayList<>(2);
        if (ask <= now) {
            deeds.add(Deed.ASK);
            askLater(now);
        }
        if (tell <= now) {
            deeds.add(Deed.TELL);
            told = now;
            tell = tellAgain ? now + BETWEEN_ANNOUNCEMENTS + delay() : NEVER;
            tellAgain = false;
        }
        return deeds;
    }

    /** When something is to be done next. */
    public long next() {
        return Math.min(ask, tell);
    }

    /** Somebody asks for peers and does not know this one. */
    public void asked(long now) {
        tell = Math.min(tell, Math.max(now + delay(), told + BETWEEN_ANNOUNCEMENTS));
    }

    /** Somebody asks for peers and says of none that it is known: all will be heard. */
    public void overheard(long now) {
        askLater(now);
    }

    /** Whether something else that was asked may be answered now. */
    public boolean mayReply(long now) {
        boolean may = now - replied >= BETWEEN_ANNOUNCEMENTS;
        replied = may ? now : replied;
        return may;
    }

    private void askLater(long now) {
        ask = now + pause + delay();
        pause = Math.min(2 * pause, LONGEST_PAUSE);
    }

    private long delay() {
        return random.nextInt(MIN_DELAY, MAX_DELAY + 1);
    }
}
