// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.internal.cycle.WireFormat;
import io.peerwerk.gossip.internal.cyclon.CyclonOptions;
import io.peerwerk.gossip.internal.newscast.NewscastCodec;
import io.peerwerk.gossip.internal.newscast.NewscastOptions;
import io.peerwerk.gossip.internal.newscast.NewscastPeer;
import io.peerwerk.gossip.internal.sampling.CyclonSampler;
import io.peerwerk.gossip.internal.sampling.GenericSampling;
import io.peerwerk.gossip.internal.sampling.PeerSampler;
import io.peerwerk.gossip.internal.sampling.SamplingCodec;
import io.peerwerk.gossip.internal.sampling.SamplingOptions;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * The peer-sampling protocol that the settings name, running on the loop, and its view for any thread. A further
 * protocol is one more {@link PeerSampler} and one more case in {@link #of}.
 */
public final class SampledPeers {

    /** The protocols to choose from. All peers of a network run the same one. */
    public enum Kind {
        CYCLON,
        /** The generic framework with its guard. */
        GENERIC,
        /** Newscast, which trusts every peer. */
        NEWSCAST
    }

    private final PeerSampler<?> sampler;
    private final CycleDriver<?> driver;
    private volatile List<Contact> view = List.of();

    private <M> SampledPeers(PeerSampler<M> sampler, WireFormat<M> format, Place place) {
        this.sampler = sampler;
        this.driver = new CycleDriver<>(sampler, format, place).onChange(this::publish);
    }

    /** Where the protocols of a peer run, and how long they wait for an answer. */
    record Place(Contact self, Loop loop, Exchanges exchanges, RandomGenerator random, Duration timeout) {
    }

    /** @param period between two exchanges of the protocol */
    static SampledPeers of(Kind kind, Place place, Duration period, InstantSource clock) {
        long millis = period.toMillis();
        return switch (kind) {
            case CYCLON -> new SampledPeers(
                    new CyclonSampler(place.self(), CyclonOptions.every(millis), place.random()),
                    CyclonSampler.FORMAT, place);
            case GENERIC -> new SampledPeers(
                    new GenericSampling(place.self(), SamplingOptions.guarded(millis), place.random()),
                    SamplingCodec.FORMAT, place);
            case NEWSCAST -> new SampledPeers(
                    new NewscastPeer(place.self(), NewscastOptions.every(millis), clock, place.random()),
                    NewscastCodec.FORMAT, place);
        };
    }

    Registration open(Reception reception) {
        return driver.open(reception);
    }

    /** On the loop, as are the three below. */
    void start() {
        driver.start();
    }

    void seed(Contact contact) {
        sampler.seed(contact);
        publish();
    }

    void drop(PeerId peer) {
        sampler.drop(peer);
        publish();
    }

    void moved(List<Multiaddr> addresses) {
        sampler.moved(addresses);
    }

    private void publish() {
        view = sampler.view();
    }

    /** Any thread: the present neighbours. */
    List<Contact> view() {
        return view;
    }

    /** Any thread: the names of the present neighbours. */
    List<PeerId> peers() {
        return view.stream().map(Contact::id).toList();
    }
}
