// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.sampling;

import java.util.List;
import java.util.random.RandomGenerator;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.internal.cycle.CycleAction;
import io.peerwerk.gossip.internal.cycle.CycleInput;
import io.peerwerk.gossip.internal.cycle.WireFormat;
import io.peerwerk.gossip.internal.cyclon.Cyclon;
import io.peerwerk.gossip.internal.cyclon.CyclonAction;
import io.peerwerk.gossip.internal.cyclon.CyclonCodec;
import io.peerwerk.gossip.internal.cyclon.CyclonInput;
import io.peerwerk.gossip.internal.cyclon.CyclonOptions;
import io.peerwerk.gossip.internal.cyclon.Entry;
import io.peerwerk.gossip.internal.wire.Contact;

/** {@link Cyclon} as one of the peer-sampling protocols. */
public final class CyclonSampler implements PeerSampler<List<Entry>> {

    public static final WireFormat<List<Entry>> FORMAT = new WireFormat<>("/peerwerk/cyclon/1.0.0",
            CyclonCodec.MAX_MESSAGE, CyclonCodec::encode, CyclonCodec::decode);

    private final Cyclon cyclon;

    public CyclonSampler(Contact self, CyclonOptions options, RandomGenerator random) {
        cyclon = new Cyclon(self, options, random);
    }

    @Override
    public List<CycleAction<List<Entry>>> handle(CycleInput<List<Entry>> input) {
        CyclonInput happened = switch (input) {
            case CycleInput.Tick<List<Entry>> tick -> new CyclonInput.Tick();
            case CycleInput.Received<List<Entry>>(PeerId from, List<Entry> entries, long ticket) ->
                    new CyclonInput.Received(from, entries, ticket);
            case CycleInput.Answered<List<Entry>>(long ticket, List<Entry> entries, long nanos) ->
                    new CyclonInput.Answered(ticket, entries);
            case CycleInput.Failed<List<Entry>>(long ticket) -> new CyclonInput.Failed(ticket);
        };
        return cyclon.handle(happened).stream().map(CyclonSampler::wanted).toList();
    }

    private static CycleAction<List<Entry>> wanted(CyclonAction action) {
        return switch (action) {
            case CyclonAction.Ask(Contact to, List<Entry> entries, long ticket) ->
                    new CycleAction.Ask<>(to, entries, ticket);
            case CyclonAction.Answer(long ticket, List<Entry> entries) -> new CycleAction.Answer<>(ticket, entries);
            case CyclonAction.Refuse(long ticket, String why) -> new CycleAction.Refuse<>(ticket, why);
            case CyclonAction.Wake(long millis) -> new CycleAction.Wake<>(millis);
        };
    }

    @Override
    public List<Contact> view() {
        return cyclon.view();
    }

    @Override
    public void seed(Contact contact) {
        cyclon.handle(new CyclonInput.Seed(contact));
    }

    @Override
    public void drop(PeerId peer) {
        cyclon.handle(new CyclonInput.Drop(peer));
    }

    @Override
    public void moved(List<Multiaddr> addresses) {
        cyclon.handle(new CyclonInput.Moved(addresses));
    }
}
