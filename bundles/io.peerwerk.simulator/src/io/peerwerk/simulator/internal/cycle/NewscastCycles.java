// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.cycle;

import java.util.random.RandomGenerator;

import io.peerwerk.gossip.internal.newscast.Newscast;
import io.peerwerk.gossip.internal.newscast.View;
import io.peerwerk.simulator.spi.CycleProtocol;
import io.peerwerk.simulator.spi.CycleSteps;
import io.peerwerk.simulator.spi.Overlay;

/** Newscast on one flat array: the views of all peers, four bytes a neighbour, and nothing else. */
public final class NewscastCycles implements CycleProtocol {

    private final int viewSize;
    private final int[] views;

    /** @throws IllegalArgumentException if there are more peers than a view can name or an array can hold */
    public NewscastCycles(int peers, int viewSize) {
        if (peers < 1 || peers - 1 > View.MAX_PEER || (long) peers * viewSize > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(peers + " peers with " + viewSize + " neighbours each; there may be "
                    + Math.min(View.MAX_PEER + 1, (Integer.MAX_VALUE - 8) / viewSize));
        }
        this.viewSize = viewSize;
        this.views = new int[peers * viewSize];
    }

    @Override
    public CycleSteps steps() {
        return new Steps();
    }

    @Override
    public Overlay overlay() {
        return new Overlay() {
            private final View view = new View(views, viewSize);

            @Override
            public int degree(int peer) {
                return view.at(peer).size();
            }

            @Override
            public int neighbour(int peer, int place) {
                return view.at(peer).peer(place);
            }
        };
    }

    private final class Steps implements CycleSteps {
        private final Newscast newscast = new Newscast(viewSize);
        private final View mine = new View(views, viewSize);
        private final View theirs = new View(views, viewSize);

        @Override
        public void start(int peer, int[] contacts, int count) {
            mine.at(peer).clear();
            for (int i = 0; i < count; i++) {
                mine.append(contacts[i], 0);
            }
        }

        @Override
        public int tick(int peer, RandomGenerator random) {
            return newscast.tick(mine.at(peer), 1, random);
        }

        @Override
        public void exchange(int peer, int partner) {
            newscast.exchange(mine.at(peer), peer, theirs.at(partner), partner);
        }

        @Override
        public int unanswered(int peer, int partner, RandomGenerator random) {
            return newscast.unanswered(mine.at(peer), partner, random);
        }

        @Override
        public int touch(int peer) {
            return mine.at(peer).touch();
        }
    }
}
