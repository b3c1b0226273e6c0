// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.dcutr;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.peerwerk.core.multiformats.Multiaddr;

/**
 * The role of the peer that dialled through the relay, for one stream: it follows, and is the client of the direct
 * connection. Events in, one action out. Not thread-safe.
 */
final class Invited {

    private enum State { NEW, ANSWERED, MEETING, OVER }

    private final Supplier<List<Multiaddr>> own;
    private final UnaryOperator<List<Multiaddr>> usable;
    private State state = State.NEW;
    private List<Multiaddr> targets = List.of();

    /** As for {@link Inviter}. */
    Invited(Supplier<List<Multiaddr>> own, UnaryOperator<List<Multiaddr>> usable) {
        this.own = own;
        this.usable = usable;
    }

    /** Takes what has happened; gives what to do. An event out of turn ends it. */
    Action on(Event event) {
        if (event instanceof Event.Connected) {
            return finish(true);
        }
        return switch (state) {
            case NEW -> event instanceof Event.Said(PunchMessage message) ? answer(message) : finish(false);
            case ANSWERED -> event instanceof Event.Said(PunchMessage message)
                    && message.type() == PunchMessage.Type.SYNC ? meet() : finish(false);
            case MEETING, OVER -> finish(false);
        };
    }

    private Action answer(PunchMessage message) {
        targets = usable.apply(message.addresses());
        List<Multiaddr> mine = own.get();
        if (message.type() != PunchMessage.Type.CONNECT || targets.isEmpty() || mine.isEmpty()) {
            return finish(false);
        }
        state = State.ANSWERED;
        return new Action.Answer(PunchMessage.connect(mine));
    }

    private Action meet() {
        state = State.MEETING;
        return new Action.Meet(targets, true);
    }

    private Action finish(boolean direct) {
        state = State.OVER;
        return new Action.Finish(direct);
    }
}
