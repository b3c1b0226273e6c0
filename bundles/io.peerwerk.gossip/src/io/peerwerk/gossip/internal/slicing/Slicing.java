// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.slicing;

import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.internal.cycle.Callers;
import io.peerwerk.gossip.internal.cycle.CycleAction;
import io.peerwerk.gossip.internal.cycle.CycleInput;
import io.peerwerk.gossip.internal.cycle.CycleProtocol;
import io.peerwerk.gossip.internal.cycle.Jitter;
import io.peerwerk.gossip.internal.wire.Contact;

/** What both ways of slicing have in common: once a cycle a peer tells a random other about itself, and hears back. */
public abstract sealed class Slicing implements CycleProtocol<SlicingMessage> permits Ordering, Ranking {

    private static final long NONE = -1;

    /** Exchanges of others that a peer takes part in within a cycle; of honest peers more come in one of a million. */
    private static final int EXCHANGES_TAKEN = 9;

    final PeerId self;
    final RandomGenerator random;
    private final SlicingOptions options;
    private final Callers callers = new Callers(EXCHANGES_TAKEN);
    double attribute;

    private long ticket = NONE;
    private long lastTicket;
    private @Nullable Contact partner;

    Slicing(PeerId self, double attribute, SlicingOptions options, RandomGenerator random) {
        this.self = self;
        this.random = random;
        this.options = options;
        attribute(attribute);
    }

    /** Sets what this peer is sliced by, which is cut off at {@link SlicingMessage#MAX_ATTRIBUTE}. */
    public final void attribute(double value) {
        attribute = Math.clamp(value, 0, SlicingMessage.MAX_ATTRIBUTE);
    }

    /** Where this peer stands: 0 is the weakest of all, 1 the strongest. */
    public abstract double position();

    /** What this peer tells about itself. */
    abstract SlicingMessage message();

    /** A cycle begins. */
    abstract void age();

    /** The chosen partner has answered. */
    abstract void met(PeerId peer, SlicingMessage message);

    /** Another peer has asked, and gets the message from before. */
    abstract void asked(PeerId peer, SlicingMessage message);

    @Override
    public final List<CycleAction<SlicingMessage>> handle(CycleInput<SlicingMessage> input) {
        return switch (input) {
            case CycleInput.Tick<SlicingMessage>(List<Contact> sample) -> startCycle(sample);
            case CycleInput.Received<SlicingMessage>(PeerId from, SlicingMessage message, long asked) ->
                    List.of(answer(from, message, asked));
            case CycleInput.Answered<SlicingMessage>(long answered, SlicingMessage message, long nanos) -> {
                Contact from = partner;
                if (answered == ticket && from != null) {
                    ticket = NONE;
                    met(from.id(), message);
                }
                yield List.of();
            }
            case CycleInput.Failed<SlicingMessage>(long failed) -> {
                if (failed == ticket) {
                    ticket = NONE;
                }
                yield List.of();
            }
        };
    }

    private List<CycleAction<SlicingMessage>> startCycle(List<Contact> sample) {
        ticket = NONE; // an exchange still under way has taken a whole cycle: too long
        callers.clear();
        age();
        var wake = new CycleAction.Wake<SlicingMessage>(Jitter.around(options.periodMillis(), random));
        if (sample.isEmpty()) {
            return List.of(wake);
        }
        Contact chosen = sample.get(random.nextInt(sample.size()));
        partner = chosen;
        ticket = ++lastTicket;
        return List.of(new CycleAction.Ask<>(chosen, message(), ticket), wake);
    }

    private CycleAction<SlicingMessage> answer(PeerId from, SlicingMessage message, long asked) {
        if (ticket != NONE) {
            return new CycleAction.Refuse<>(asked, "an exchange is under way"); // it may change what would be answered
        }
        if (callers.contains(from) || !callers.add(from)) {
            return new CycleAction.Refuse<>(asked, "too many exchanges within one cycle");
        }
        SlicingMessage answer = message();
        asked(from, message);
        return new CycleAction.Answer<>(asked, answer);
    }
}
