// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.sampling;

import java.util.List;
import java.util.random.RandomGenerator;

import io.peerwerk.gossip.internal.cycle.WireFormat;
import io.peerwerk.gossip.internal.newscast.NewscastCodec;
import io.peerwerk.gossip.internal.newscast.NewscastOptions;
import io.peerwerk.gossip.internal.newscast.NewscastPeer;
import io.peerwerk.gossip.internal.newscast.News;
import io.peerwerk.gossip.internal.wire.Contact;

/** Newscast as a node runs it. */
class NewscastSamplingTest extends PeerSamplingContract<List<News>> {

    @Override
    PeerSampler<List<News>> sampler(Contact self, RandomGenerator random) {
        return new NewscastPeer(self, NewscastOptions.every(PERIOD), clock(), random);
    }

    @Override
    WireFormat<List<News>> format() {
        return NewscastCodec.FORMAT;
    }

    @Override
    List<News> hubs(List<Contact> contacts) {
        return contacts.stream().map(contact -> new News(contact, 0)).toList();
    }

    /** Both have the same view after an exchange. */
    @Override
    double unevenness() {
        return 5;
    }

    /** Who makes itself younger than anybody can be is everybody's neighbour. */
    @Override
    double shareOfHubs() {
        return 1;
    }
}
