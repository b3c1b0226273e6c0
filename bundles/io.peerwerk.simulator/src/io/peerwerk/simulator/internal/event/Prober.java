// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.internal.swim.Swim;
import io.peerwerk.gossip.internal.swim.SwimAction;
import io.peerwerk.gossip.internal.swim.SwimInput;
import io.peerwerk.gossip.internal.swim.SwimMessage;

/** One peer with {@link Swim}. It is its own alarm clock. */
final class Prober extends EventQueue.Event {

    private static final long NEVER = Long.MAX_VALUE;

    final int number;
    final Lane lane;
    final Swim swim;
    private final SwimHost host;
    private boolean down;

    /** When to tick, and when this stands in the queue. */
    private long wakeAt = NEVER;
    private long queuedAt = NEVER;

    /** The request that is being answered, and those whose answers take longer. */
    private @Nullable Asking present;
    private @Nullable Map<Long, Asking> waiting;
    private long lastTicket;

    Prober(SwimHost host, int number) {
        this.host = host;
        this.number = number;
        this.lane = host.lanes().ofPeer(number);
        this.swim = host.swim(number, lane);
    }

    boolean isDown() {
        return down;
    }

    void crash() {
        down = true;
    }

    void handle(SwimInput input) {
        if (!down) {
            List<SwimAction> actions = swim.handle(input);
            for (int i = 0; i < actions.size(); i++) {
                perform(actions.get(i));
            }
        }
    }

    private void perform(SwimAction action) {
        switch (action) {
            case SwimAction.Ask ask -> new Asking(host, this, ask).send();
            case SwimAction.Answer(long ticket, SwimMessage.Answer answer) -> {
                Asking asking = take(ticket);
                if (asking != null) {
                    asking.answer(this, answer);
                }
            }
            case SwimAction.Refuse(long ticket, String why) -> {
                Asking asking = take(ticket);
                if (asking != null) {
                    asking.fail(lane);
                }
            }
            case SwimAction.Wake(long millis) -> wake(lane.now() + millis);
            case SwimAction.Changed(@Nullable Member before, Member now) -> host.ledger(lane).told(now, lane.now());
            case SwimAction.Measured measured -> { }
            case SwimAction.Forgotten(PeerId peer) -> { }
            case SwimAction.Presented presented -> { }
        }
    }

    // ---- the alarm clock

    private void wake(long time) {
        wakeAt = time;
        if (queuedAt == NEVER) {
            queueItself();
        } else if (time < queuedAt) {
            lane.queue.after(time - lane.now(), new EventQueue.Event() {
                @Override
                void happen() {
                    tickIfDue();
                }
            });
        }
    }

    private void queueItself() {
        queuedAt = wakeAt;
        lane.queue.after(wakeAt - lane.now(), this);
    }

    @Override
    void happen() {
        queuedAt = NEVER;
        tickIfDue();
        if (queuedAt == NEVER && wakeAt != NEVER && !down) {
            queueItself();
        }
    }

    private void tickIfDue() {
        if (wakeAt <= lane.now()) {
            wakeAt = NEVER;
            handle(new SwimInput.Tick());
        }
    }

    // ---- requests of others

    void received(Asking asking) {
        long ticket = ++lastTicket;
        present = asking;
        handle(new SwimInput.Received(asking.request(), ticket));
        if (present != null) { // it asks somebody else first
            present = null;
            waiting = waiting == null ? new HashMap<>(4) : waiting;
            waiting.put(ticket, asking);
            asking.expire(lane);
        }
    }

    private @Nullable Asking take(long ticket) {
        Asking asking = present;
        if (asking != null && ticket == lastTicket) {
            present = null;
            return asking;
        }
        return waiting == null ? null : waiting.remove(ticket);
    }

    /** Tries the one peer it was told of until it knows others; another one, should that be gone. */
    void knock(int told) {
        if (!down && swim.size() == 0) {
            int contact = host.someoneUp(told, number);
            handle(new SwimInput.Meet(host.contact(contact)));
            lane.queue.after(2 * host.period(), new EventQueue.Event() {
                @Override
                void happen() {
                    knock(contact);
                }
            });
        }
    }
}
