// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.sampling;

import java.util.List;
import java.util.random.RandomGenerator;

import io.peerwerk.gossip.internal.cycle.WireFormat;
import io.peerwerk.gossip.internal.cyclon.Entry;
import io.peerwerk.gossip.internal.wire.Contact;

/** The framework as published, nearly as much a swapper as can be: no remedy against hubs. */
class SwapperSamplingTest extends PeerSamplingContract<SamplingMessage> {

    @Override
    PeerSampler<SamplingMessage> sampler(Contact self, RandomGenerator random) {
        return new GenericSampling(self, SamplingOptions.plain(1, 9, PERIOD), random);
    }

    @Override
    WireFormat<SamplingMessage> format() {
        return SamplingCodec.FORMAT;
    }

    @Override
    SamplingMessage hubs(List<Contact> contacts) {
        return new SamplingMessage(contacts.stream().map(contact -> new Entry(contact, 0)).toList(), true);
    }

    @Override
    double shareOfHubs() {
        return 1;
    }

    /** Who swaps and hardly drops the old forgets slowly (section 6 of the paper). */
    @Override
    double shareOfTheDead() {
        return 0.5;
    }
}
