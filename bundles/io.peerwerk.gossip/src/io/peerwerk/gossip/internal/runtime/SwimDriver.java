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

    static final String NAME = "/peerwerk/swim/1.0.0";

    private static final Logger LOG = LoggerFactory.getLogger(SwimDriver.class);

    private final Swim swim;
    private final Loop loop;
    private final Exchanges exchanges;
    private final Consumer<SwimAction> observer;
    private final Map<Long, CompletableFuture<byte[]>> unanswered = new HashMap<>();
    private long lastTicket;
    private Future<?> timer = Loop.NOTHING;

    /** @param observer is told of the actions that are no concern of the network: changes of what is known */
    SwimDriver(Swim swim, Loop loop, Exchanges exchanges, Consumer<SwimAction> observer) {
        this.swim = swim;
        this.loop = loop;
        this.exchanges = exchanges;
        this.observer = observer;
    }

    static Exchange.Protocol protocol(Duration timeout) {
        return new Exchange.Protocol(NAME, SwimCodec.MAX_MESSAGE, SwimCodec.MAX_MESSAGE, timeout);
    }

    /** Any thread: a request as it came. */
    CompletableFuture<byte[]> receive(PeerId from, byte[] message) throws FormatException {
        SwimMessage.Request request = SwimCodec.decodeRequest(from, message);
        var answer = new CompletableFuture<byte[]>();
        loop.run(() -> {
            long ticket = ++lastTicket;
            unanswered.put(ticket, answer);
            handle(new SwimInput.Received(request, ticket));
        });
        return answer;
    }

    /** On the loop. */
    void handle(SwimInput input) {
        swim.handle(input).forEach(this::perform);
    }

    private void perform(SwimAction action) {
        switch (action) {
            case SwimAction.Ask ask -> ask(ask);
            case SwimAction.Answer(long ticket, SwimMessage.Answer answer) -> {
                CompletableFuture<byte[]> asking = unanswered.remove(ticket);
                if (asking != null) {
                    asking.complete(SwimCodec.encode(answer));
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
        Exchange.Protocol protocol = protocol(Duration.ofMillis(ask.timeoutMillis()));
        exchanges.ask(ask.to(), protocol, SwimCodec.encode(ask.request()), new Exchanges.Outcome() {
            @Override
            public void answered(byte[] answer, long nanos) {
                try {
                    handle(new SwimInput.Answered(ask.ticket(), SwimCodec.decodeAnswer(ask.to().id(), answer), nanos));
                } catch (FormatException e) {
                    LOG.info("refused an answer of {}: {}", ask.to().id().brief(), e.getMessage());
                    failed();
                }
            }

            @Override
            public void failed() {
                handle(new SwimInput.Failed(ask.ticket()));
            }
        });
    }
}
