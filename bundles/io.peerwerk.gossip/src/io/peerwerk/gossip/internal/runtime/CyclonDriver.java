// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.gossip.internal.cyclon.Cyclon;
import io.peerwerk.gossip.internal.cyclon.CyclonAction;
import io.peerwerk.gossip.internal.cyclon.CyclonCodec;
import io.peerwerk.gossip.internal.cyclon.CyclonInput;
import io.peerwerk.gossip.internal.cyclon.Entry;
import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.transport.Exchange;

/** Runs a {@link Cyclon} on the loop, and shows its view to any thread. */
final class CyclonDriver {

    static final String NAME = "/peerwerk/cyclon/1.0.0";

    private static final Logger LOG = LoggerFactory.getLogger(CyclonDriver.class);

    private final Cyclon cyclon;
    private final Loop loop;
    private final Exchanges exchanges;
    private final Exchange.Protocol protocol;
    private final Map<Long, CompletableFuture<byte[]>> unanswered = new HashMap<>();
    private long lastTicket;
    private Future<?> timer = Loop.NOTHING;
    private volatile List<PeerId> view = List.of();

    CyclonDriver(Cyclon cyclon, Loop loop, Exchanges exchanges, Duration timeout) {
        this.cyclon = cyclon;
        this.loop = loop;
        this.exchanges = exchanges;
        this.protocol = new Exchange.Protocol(NAME, CyclonCodec.MAX_MESSAGE, CyclonCodec.MAX_MESSAGE, timeout);
    }

    Exchange.Protocol protocol() {
        return protocol;
    }

    /** Any thread: the present neighbours. */
    List<PeerId> view() {
        return view;
    }

    /** Any thread: a request as it came. */
    CompletableFuture<byte[]> receive(PeerId from, byte[] message) throws FormatException {
        List<Entry> entries = CyclonCodec.decode(message);
        var answer = new CompletableFuture<byte[]>();
        loop.run(() -> {
            long ticket = ++lastTicket;
            unanswered.put(ticket, answer);
            handle(new CyclonInput.Received(from, entries, ticket));
        });
        return answer;
    }

    /** On the loop. */
    void handle(CyclonInput input) {
        cyclon.handle(input).forEach(this::perform);
        view = cyclon.view().stream().map(Contact::id).toList();
    }

    private void perform(CyclonAction action) {
        switch (action) {
            case CyclonAction.Ask ask -> ask(ask);
            case CyclonAction.Answer(long ticket, List<Entry> entries) -> {
                CompletableFuture<byte[]> asking = unanswered.remove(ticket);
                if (asking != null) {
                    asking.complete(CyclonCodec.encode(entries));
                }
            }
            case CyclonAction.Refuse(long ticket, String why) -> {
                CompletableFuture<byte[]> asking = unanswered.remove(ticket);
                if (asking != null) {
                    asking.completeExceptionally(new IOException(why));
                }
            }
            case CyclonAction.Wake(long millis) -> {
                timer.cancel(false);
                timer = loop.after(millis, () -> handle(new CyclonInput.Tick()));
            }
        }
    }

    private void ask(CyclonAction.Ask ask) {
        exchanges.ask(ask.to(), protocol, CyclonCodec.encode(ask.entries()), new Exchanges.Outcome() {
            @Override
            public void answered(byte[] answer, long nanos) {
                try {
                    handle(new CyclonInput.Answered(ask.ticket(), CyclonCodec.decode(answer)));
                } catch (FormatException e) {
                    LOG.info("refused a shuffle of {}: {}", ask.to().id().brief(), e.getMessage());
                    failed();
                }
            }

            @Override
            public void failed() {
                handle(new CyclonInput.Failed(ask.ticket()));
            }
        });
    }
}
