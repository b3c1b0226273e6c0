// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.sampling;

import java.util.List;
import java.util.random.RandomGenerator;

import io.peerwerk.gossip.internal.cycle.WireFormat;
import io.peerwerk.gossip.internal.cyclon.CyclonOptions;
import io.peerwerk.gossip.internal.cyclon.Entry;
import io.peerwerk.gossip.internal.wire.Contact;

/** Cyclon as a node runs it. */
class CyclonSamplingTest extends PeerSamplingContract<List<Entry>> {

    @Override
    PeerSampler<List<Entry>> sampler(Contact self, RandomGenerator random) {
        return new CyclonSampler(self, CyclonOptions.every(PERIOD), random);
    }

    @Override
    WireFormat<List<Entry>> format() {
        return CyclonSampler.FORMAT;
    }

    @Override
    List<Entry> hubs(List<Contact> contacts) {
        return contacts.stream().map(contact -> new Entry(contact, 0)).toList();
    }

    @Override
    double shareOfHubs() {
        return 0.75;
    }
}
