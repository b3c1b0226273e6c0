// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.gossip.internal.cyclon.Cyclon;
import io.peerwerk.gossip.internal.cyclon.CyclonAction;
import io.peerwerk.gossip.internal.cyclon.CyclonInput;
import io.peerwerk.gossip.internal.cyclon.CyclonOptions;
import io.peerwerk.gossip.internal.cyclon.Entry;
import io.peerwerk.gossip.internal.wire.Contact;

/** Peers with {@link Cyclon}. */
final class CyclonHost extends Samplers<List<Entry>> {

    private final CyclonOptions options;

    CyclonHost(World world) {
        super(world);
        var usual = CyclonOptions.every(world.period());
        int view = world.scenario().settings().viewSize();
        this.options = new CyclonOptions(view, Math.min(usual.shuffleLength(), view), world.period(),
                usual.shufflesTaken(), usual.recallSize(), usual.recallEvery());
    }

    @Override
    Sampler sampler(int number) {
        return new Shuffler(number);
    }

    private final class Shuffler extends Sampler {
        private final Cyclon cyclon;

        Shuffler(int number) {
            super(number);
            this.cyclon = new Cyclon(world().identities().contact(number), options, world().random(number));
        }

        @Override
        void seed(Contact contact) {
            handle(new CyclonInput.Seed(contact));
        }

        @Override
        void tick() {
            handle(new CyclonInput.Tick());
        }

        @Override
        @Nullable
        List<Entry> received(Contact from, List<Entry> request) {
            List<Entry> answer = null;
            for (CyclonAction action : cyclon.handle(new CyclonInput.Received(from.id(), request, 0))) {
                if (action instanceof CyclonAction.Answer(long ticket, List<Entry> entries)) {
                    answer = entries;
                }
            }
            return answer;
        }

        @Override
        void answered(long ticket, List<Entry> answer) {
            handle(new CyclonInput.Answered(ticket, answer));
        }

        @Override
        void failed(long ticket) {
            handle(new CyclonInput.Failed(ticket));
        }

        @Override
        List<Contact> view() {
            return cyclon.view();
        }

        private void handle(CyclonInput input) {
            for (CyclonAction action : cyclon.handle(input)) {
                switch (action) {
                    case CyclonAction.Ask(Contact to, List<Entry> entries, long ticket) -> ask(to, entries, ticket);
                    case CyclonAction.Wake(long millis) -> wake(millis);
                    case CyclonAction.Answer answer -> { }
                    case CyclonAction.Refuse refuse -> { }
                }
            }
        }
    }
}
