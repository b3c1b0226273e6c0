// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.dcutr;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.peerwerk.core.multiformats.Multiaddr;

/**
 * The role of the peer that was reached through the relay: it leads. Events in, one action out; the time of each event
 * is handed in. Not thread-safe.
 */
final class Inviter {

    /** How often the peers try to meet. */
    static final int ATTEMPTS = 3;

    /** Half a round trip is never taken for longer: what takes seconds over the relay is a relay under load. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private enum State { NEW, DIALLING, ASKING, PAUSING, MEETING, OVER }

    private final Supplier<List<Multiaddr>> own;
    private final UnaryOperator<List<Multiaddr>> usable;
    private State state = State.NEW;
    private int attempt;
    private long askedAt;
    private List<Multiaddr> targets = List.of();

    /**
     * @param own    where this peer may be met, asked anew for each attempt
     * @param usable which of the addresses that a peer claims may be tried
     */
    Inviter(Supplier<List<Multiaddr>> own, UnaryOperator<List<Multiaddr>> usable) {
        this.own = own;
        this.usable = usable;
    }

    /** Takes what has happened; gives what to do. An event out of turn ends it. */
    Action on(Event event, long nowNanos) {
        if (event instanceof Event.Connected) {
            return finish(true);
        }
        return switch (state) {
            case NEW -> event instanceof Event.Begun(List<Multiaddr> dialable) ? begin(dialable, nowNanos) : finish(false);
            case DIALLING -> ask(nowNanos);
            case ASKING -> event instanceof Event.Said(PunchMessage message) ? answered(message, nowNanos) : again(nowNanos);
            case PAUSING -> event instanceof Event.Elapsed ? meet() : again(nowNanos);
            case MEETING -> again(nowNanos);
            case OVER -> finish(false);
        };
    }

    private Action begin(List<Multiaddr> dialable, long nowNanos) {
        List<Multiaddr> addresses = usable.apply(dialable);
        if (addresses.isEmpty()) {
            return ask(nowNanos);
        }
        state = State.DIALLING;
        return new Action.Dial(addresses);
    }

    private Action again(long nowNanos) {
        return attempt < ATTEMPTS ? ask(nowNanos) : finish(false);
    }

    private Action ask(long nowNanos) {
        List<Multiaddr> mine = own.get();
        if (mine.isEmpty()) {
            return finish(false);
        }
        attempt++;
        askedAt = nowNanos;
        state = State.ASKING;
        return new Action.Ask(PunchMessage.connect(mine));
    }

    private Action answered(PunchMessage message, long nowNanos) {
        targets = usable.apply(message.addresses());
        if (message.type() != PunchMessage.Type.CONNECT || targets.isEmpty()) {
            return finish(false);
        }
        Duration half = Duration.ofNanos(Math.max(0, nowNanos - askedAt) / 2);
        state = State.PAUSING;
        return new Action.TellAndPause(PunchMessage.sync(), half.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : half);
    }

    private Action meet() {
        state = State.MEETING;
        return new Action.Meet(targets, false);
    }

    private Action finish(boolean direct) {
        state = State.OVER;
        return new Action.Finish(direct);
    }
}
