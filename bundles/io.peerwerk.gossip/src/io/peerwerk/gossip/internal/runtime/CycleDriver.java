// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.gossip.internal.cycle.CycleAction;
import io.peerwerk.gossip.internal.cycle.CycleInput;
import io.peerwerk.gossip.internal.cycle.CycleProtocol;
import io.peerwerk.gossip.internal.cycle.WireFormat;
import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.transport.Exchange;

/**
 * Runs a {@link CycleProtocol} on the loop: does what it wants done, and tells it what came of that.
 *
 * @param <M> its messages
 */
final class CycleDriver<M> {

    private static final Logger LOG = LoggerFactory.getLogger(CycleDriver.class);

    private final CycleProtocol<M> protocol;
    private final WireFormat<M> format;
    private final Loop loop;
    private final Exchanges exchanges;
    private final Exchange.Protocol exchange;
    private final Map<Long, CompletableFuture<byte[]>> unanswered = new HashMap<>();
    private long lastTicket;
    private Future<?> timer = Loop.NOTHING;
    private Supplier<List<Contact>> sample = List::of;
    private Runnable changed = () -> { };

    CycleDriver(CycleProtocol<M> protocol, WireFormat<M> format, SampledPeers.Place place) {
        this.protocol = protocol;
        this.format = format;
        this.loop = place.loop();
        this.exchanges = place.exchanges();
        this.exchange = new Exchange.Protocol(format.name(), format.maxMessage(), format.maxMessage(),
                place.timeout());
    }

    /** Where the random peers of a tick come from; asked on the loop. To be set before {@link #start}. */
    CycleDriver<M> sampling(Supplier<List<Contact>> source) {
        sample = source;
        return this;
    }

    /** What to do on the loop after each step of the protocol. To be set before {@link #start}. */
    CycleDriver<M> onChange(Runnable what) {
        changed = what;
        return this;
    }

    /** Serves the protocol from now on. */
    Registration open(Reception reception) {
        return reception.open(exchange, this::receive);
    }

    /** On the loop: the first tick. */
    void start() {
        handle(new CycleInput.Tick<>(sample.get()));
    }

    /** Any thread: a request as it came. */
    private CompletableFuture<byte[]> receive(PeerId from, byte[] bytes) throws FormatException {
        M message = format.decoder().decode(bytes);
        var answer = new CompletableFuture<byte[]>();
        loop.run(() -> {
            long ticket = ++lastTicket;
            unanswered.put(ticket, answer);
            handle(new CycleInput.Received<>(from, message, ticket));
        });
        return answer;
    }

    private void handle(CycleInput<M> input) {
        protocol.handle(input).forEach(this::perform);
        changed.run();
    }

    private void perform(CycleAction<M> action) {
        switch (action) {
            case CycleAction.Ask<M> ask -> ask(ask);
            case CycleAction.Answer<M>(long ticket, M answer) -> {
                CompletableFuture<byte[]> asking = unanswered.remove(ticket);
                if (asking != null) {
                    asking.complete(format.encoder().encode(answer));
                }
            }
            case CycleAction.Refuse<M>(long ticket, String why) -> {
                CompletableFuture<byte[]> asking = unanswered.remove(ticket);
                if (asking != null) {
                    asking.completeExceptionally(new IOException(why));
                }
            }
            case CycleAction.Wake<M>(long millis) -> {
                timer.cancel(false);
                timer = loop.after(millis, this::start);
            }
        }
    }

    private void ask(CycleAction.Ask<M> ask) {
        exchanges.ask(ask.to(), exchange, format.encoder().encode(ask.message()), new Exchanges.Outcome() {
            @Override
            public void answered(byte[] answer, long nanos) {
                try {
                    handle(new CycleInput.Answered<>(ask.ticket(), format.decoder().decode(answer), nanos));
                } catch (FormatException e) {
                    LOG.info("refused an answer of {} over {}: {}", ask.to().id().brief(), format.name(),
                            e.getMessage());
                    failed();
                }
            }

            @Override
            public void failed() {
                handle(new CycleInput.Failed<>(ask.ticket()));
            }
        });
    }
}
