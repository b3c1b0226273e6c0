// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.gossip.internal.newscast.NewscastAction;
import io.peerwerk.gossip.internal.newscast.NewscastInput;
import io.peerwerk.gossip.internal.newscast.NewscastOptions;
import io.peerwerk.gossip.internal.newscast.NewscastPeer;
import io.peerwerk.gossip.internal.newscast.News;
import io.peerwerk.gossip.internal.wire.Contact;

/** Peers with {@link NewscastPeer}. */
final class NewscastHost extends Samplers<List<News>> {

    private final NewscastOptions options;

    NewscastHost(World world) {
        super(world);
        var usual = NewscastOptions.every(world.period());
        this.options = new NewscastOptions(world.scenario().settings().viewSize(), world.period(),
                usual.exchangesTaken(), usual.attempts());
    }

    @Override
    Sampler sampler(int number) {
        return new Teller(number);
    }

    private final class Teller extends Sampler {
        private final NewscastPeer peer;

        Teller(int number) {
            super(number);
            this.peer = new NewscastPeer(world().identities().contact(number), options, world().clock(),
                    world().random(number));
        }

        @Override
        void seed(Contact contact) {
            handle(new NewscastInput.Seed(contact));
        }

        @Override
        void tick() {
            handle(new NewscastInput.Tick());
        }

        @Override
        @Nullable
        List<News> received(Contact from, List<News> request) {
            List<News> answer = null;
            for (NewscastAction action : peer.handle(new NewscastInput.Received(from.id(), request, 0))) {
                if (action instanceof NewscastAction.Answer(long ticket, List<News> news)) {
                    answer = news;
                }
            }
            return answer;
        }

        @Override
        void answered(long ticket, List<News> answer) {
            handle(new NewscastInput.Answered(ticket, answer));
        }

        @Override
        void failed(long ticket) {
            handle(new NewscastInput.Failed(ticket));
        }

        @Override
        List<Contact> view() {
            return peer.view();
        }

        private void handle(NewscastInput input) {
            for (NewscastAction action : peer.handle(input)) {
                switch (action) {
                    case NewscastAction.Ask(Contact to, List<News> news, long ticket) -> ask(to, news, ticket);
                    case NewscastAction.Wake(long millis) -> wake(millis);
                    case NewscastAction.Answer answer -> { }
                }
            }
        }
    }
}
