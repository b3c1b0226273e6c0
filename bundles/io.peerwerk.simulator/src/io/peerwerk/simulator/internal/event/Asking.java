// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import org.jspecify.annotations.Nullable;

import io.peerwerk.gossip.internal.swim.SwimAction;
import io.peerwerk.gossip.internal.swim.SwimInput;
import io.peerwerk.gossip.internal.swim.SwimMessage;

/**
 * A request on its way, then the answer to it, or that there is none: one event that happens where it is at the time. That
 * it fails is known when a message is lost, so no timer runs beside it in most cases.
 */
final class Asking extends EventQueue.Event {

    private final SwimHost host;
    private final Prober asker;
    private final SwimAction.Ask ask;
    private final int to;
    private final long began;
    private State state = State.ON_THE_WAY;
    private SwimMessage.@Nullable Answer answer;

    /** A timer of its own runs in the asker's lane. Of the lane where the request is. */
    private boolean expires;

    /** The asker has its answer, or none. Of the asker's lane. */
    private boolean over;

    private enum State {
        ON_THE_WAY, ANSWERED, FAILED
    }

    Asking(SwimHost host, Prober asker, SwimAction.Ask ask) {
        this.host = host;
        this.asker = asker;
        this.ask = ask;
        this.to = host.number(ask.to().id());
        this.began = asker.lane.now();
    }

    SwimMessage.Request request() {
        return ask.request();
    }

    private long deadline() {
        return began + ask.timeoutMillis();
    }

    void send() {
        Lane lane = asker.lane;
        long takes = lane.carry(asker.number, to);
        if (takes < 0) {
            state = State.FAILED;
            lane.queue.after(ask.timeoutMillis(), this);
        } else {
            if (takes >= ask.timeoutMillis()) {
                expire(lane);
            }
            lane.post(host.lanes().ofPeer(to), began + takes, this);
        }
    }

    @Override
    void happen() {
        switch (state) {
            case ON_THE_WAY -> arrive();
            case ANSWERED -> {
                if (!over && answer != null) {
                    over = true;
                    asker.handle(new SwimInput.Answered(ask.ticket(), answer, 1_000_000 * (asker.lane.now() - began)));
                }
            }
            case FAILED -> giveUp();
        }
    }

    private void giveUp() {
        if (!over) {
            over = true;
            asker.handle(new SwimInput.Failed(ask.ticket()));
        }
    }

    private void arrive() {
        Prober asked = host.prober(to);
        if (asked.isDown()) {
            fail(host.lanes().ofPeer(to));
        } else {
            asked.received(this);
        }
    }

    /** In the lane of the one asked: it answers. */
    void answer(Prober by, SwimMessage.Answer given) {
        long takes = by.lane.carry(by.number, asker.number);
        long arrival = by.lane.now() + takes;
        if (takes < 0 || arrival >= deadline()) {
            fail(by.lane);
        } else {
            answer = given;
            state = State.ANSWERED;
            by.lane.post(asker.lane, arrival, this);
        }
    }

    /** In the lane where it is: no answer will come. */
    void fail(Lane here) {
        if (!expires) {
            state = State.FAILED;
            here.post(asker.lane, deadline(), this);
        }
    }

    /** In the lane where it is: an answer may come, or may not. */
    void expire(Lane here) {
        if (!expires) {
            expires = true;
            here.post(asker.lane, deadline(), new EventQueue.Event() {
                @Override
                void happen() {
                    giveUp();
                }
            });
        }
    }
}
