// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.sampling;

import java.util.List;
import java.util.random.RandomGenerator;

import io.peerwerk.gossip.internal.cycle.WireFormat;
import io.peerwerk.gossip.internal.cyclon.Entry;
import io.peerwerk.gossip.internal.wire.Contact;

/** The generic framework in one of its forms. */
abstract class FrameworkSamplingContract extends PeerSamplingContract<SamplingMessage> {

    abstract SamplingOptions options();

    @Override
    PeerSampler<SamplingMessage> sampler(Contact self, RandomGenerator random) {
        return new GenericSampling(self, options(), random);
    }

    @Override
    WireFormat<SamplingMessage> format() {
        return SamplingCodec.FORMAT;
    }

    @Override
    SamplingMessage hubs(List<Contact> contacts) {
        return new SamplingMessage(contacts.stream().map(contact -> new Entry(contact, 0)).toList(), true);
    }
}
