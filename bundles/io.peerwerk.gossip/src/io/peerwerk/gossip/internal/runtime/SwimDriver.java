// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.gossip.internal.swim.Swim;
import io.peerwerk.gossip.internal.swim.SwimAction;
import io.peerwerk.gossip.internal.swim.SwimCodec;
import io.peerwerk.gossip.internal.swim.SwimInput;
import io.peerwerk.gossip.internal.swim.SwimMessage;
import io.peerwerk.transport.Exchange;

/** Runs a {@link Swim} on the loop: does what it wants done, and tells it what came of that. */
final class SwimDriver {

    static final String NAME = "/peerwerk/swim/2.0.0";

    private static final Logger LOG = LoggerFactory.getLogger(SwimDriver.class);

    private final Swim swim;
    private final Loop loop;
    private final Exchanges exchanges;
    private final Postcards postcards;
    private final Consumer<SwimAction> observer;
    private final Map<Long, Caller> unanswered = new HashMap<>();
    private long lastTicket;
    private Future<?> timer = Loop.NOTHING;
    private volatile int localHealth;

    /** Who waits for an answer, or learns that there is none. */
    private interface Caller {
        void answer(SwimMessage.Answer answer);

        void refuse(String why);
    }

    /** @param observer is told of the actions that are no concern of the network: changes of what is known */
    SwimDriver(Swim swim, Loop loop, Exchanges exchanges, Doorkeeper doorkeeper, Consumer<SwimAction> observer) {
        this.swim = swim;
        this.loop = loop;
        this.exchanges = exchanges;
        this.postcards = new Postcards(exchanges.host(), loop, NAME, doorkeeper, this::receiveDatagram);
        this.observer = observer;
    }

    static Exchange.Protocol protocol(Duration timeout) {
        return new Exchange.Protocol(NAME, SwimCodec.MAX_MESSAGE, SwimCodec.MAX_MESSAGE, timeout);
    }

    Postcards postcards() {
        return postcards;
    }

    /** Any thread: a request as it came. */
    CompletableFuture<byte[]> receive(PeerId from, byte[] message) throws FormatException {
        SwimMessage.Request request = SwimCodec.decodeRequest(from, message);
        var promise = new CompletableFuture<byte[]>();
        receive(request, new Caller() {
            @Override
            public void answer(SwimMessage.Answer answer) {
                promise.complete(SwimCodec.encode(answer));
            }

            @Override
            public void refuse(String why) {
                promise.completeExceptionally(new FormatException(why));
            }
        });
        return promise;
    }

    private void receiveDatagram(PeerId from, byte[] message, int room, Consumer<byte[]> promise)
            throws FormatException {
        receive(SwimCodec.decodeRequest(from, message), new Caller() {
            @Override
            public void answer(SwimMessage.Answer answer) {
                promise.accept(SwimCodec.encode(answer, room));
            }

            @Override
            public void refuse(String why) {
                LOG.info("refused a datagram of {}: {}", from.brief(), why);
            }
        });
    }

    private void receive(SwimMessage.Request request, Caller caller) {
        loop.run(() -> {
            long ticket = ++lastTicket;
            unanswered.put(ticket, caller);
            handle(new SwimInput.Received(request, ticket));
        });
    }

    /** On the loop. */
    void handle(SwimInput input) {
        swim.handle(input).forEach(this::perform);
        localHealth = swim.localHealth();
    }

    /** Any thread. */
    int localHealth() {
        return localHealth;
    }

    private void perform(SwimAction action) {
        switch (action) {
            case SwimAction.Ask ask -> ask(ask);
            case SwimAction.Answer(long ticket, SwimMessage.Answer answer) -> {
                Caller caller = unanswered.remove(ticket);
                if (caller != null) {
                    caller.answer(answer);
                }
            }
            case SwimAction.Refuse(long ticket, String why) -> {
                Caller caller = unanswered.remove(ticket);
                if (caller != null) {
                    caller.refuse(why);
                }
            }
            case SwimAction.Wake(long millis) -> {
                timer.cancel(false);
                timer = loop.after(millis, () -> handle(new SwimInput.Tick()));
            }
            case SwimAction.Changed changed -> observer.accept(changed);
            case SwimAction.Measured measured -> observer.accept(measured);
            case SwimAction.Forgotten forgotten -> observer.accept(forgotten);
            case SwimAction.Presented presented -> observer.accept(presented);
        }
    }

    private void ask(SwimAction.Ask ask) {
        new Flight(ask).begin();
    }

    /**
     * A request under way: a short one as a datagram, and over a stream as well when half of its time is over; others
     * over a stream alone. The first answer counts.
     */
    private final class Flight implements Exchanges.Outcome {
        private final SwimAction.Ask ask;
        private final byte[] request;
        private final long began = System.nanoTime();
        private long number;
        private boolean over;

        Flight(SwimAction.Ask ask) {
            this.ask = ask;
            this.request = SwimCodec.encode(ask.request());
        }

        void begin() {
            number = ask.request() instanceof SwimMessage.Ping || ask.request() instanceof SwimMessage.PingOther
                    ? postcards.ask(ask.to().id(), request, this::answeredByDatagram) : 0;
            if (number == 0) {
                overStream(ask.timeoutMillis());
            } else {
                loop.after(ask.timeoutMillis() / 2, () -> {
                    if (!over) {
                        overStream(Math.max(1, ask.timeoutMillis() - ask.timeoutMillis() / 2));
                    }
                });
            }
        }

        private void overStream(long limit) {
            exchanges.ask(ask.to(), protocol(Duration.ofMillis(limit)), request, this);
        }

        private void answeredByDatagram(byte[] answer) {
            answered(answer, System.nanoTime() - began);
        }

        @Override
        public void answered(byte[] answer, long nanos) {
            if (!over) {
                try {
                    var read = SwimCodec.decodeAnswer(ask.to().id(), answer);
                    end(new SwimInput.Answered(ask.ticket(), read, nanos));
                } catch (FormatException e) {
                    LOG.info("refused an answer of {}: {}", ask.to().id().brief(), e.getMessage());
                    failed();
                }
            }
        }

        @Override
        public void failed() {
            if (!over) {
                end(new SwimInput.Failed(ask.ticket()));
            }
        }

        private void end(SwimInput outcome) {
            over = true;
            postcards.forget(number);
            handle(outcome);
        }
    }
}
