// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import static io.peerwerk.gossip.internal.runtime.RunningPeers.PATIENCE;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.Aggregates;
import io.peerwerk.gossip.Estimate;
import io.peerwerk.gossip.Quantity;
import io.peerwerk.gossip.Slice;
import io.peerwerk.gossip.Slices.Verdict;
import io.peerwerk.gossip.internal.aggregation.AggregationCodec;
import io.peerwerk.gossip.internal.cycle.WireFormat;
import io.peerwerk.gossip.internal.newscast.NewscastCodec;
import io.peerwerk.gossip.internal.newscast.News;
import io.peerwerk.gossip.internal.runtime.RunningPeers.Peer;
import io.peerwerk.gossip.internal.slicing.SlicingCodec;
import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.gossip.virtual.Views;
import io.peerwerk.transport.Exchange;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;

/** Aggregation and slicing over real hosts on loopback. */
class EstimatesTest {

    private final RunningPeers network = new RunningPeers();

    @BeforeEach
    void shortenEpochs() {
        network.options = network.options.withCycles(Duration.ofMillis(200), 12);
    }

    @AfterEach
    void closeAll() {
        network.close();
    }

    @Test
    void fivePeersFindTheirNumberTheirOffersAndTheirRanks() {
        List<Peer> peers = network.startAll(5);
        for (int i = 0; i < 5; i++) {
            peers.get(i).gossip().advertise((i + 1) * 10_000_000_000L);
        }
        for (Peer peer : peers) {
            await().atMost(PATIENCE).until(() -> near(peer.gossip().size().orElse(null), 5, 0.5)
                    && near(peer.gossip().mean(Quantity.OFFER).orElse(null), 3e10, 3e9)
                    && near(peer.gossip().mean(Quantity.FREE).orElse(null), 3e10, 3e9)
                    && near(peer.gossip().total(Quantity.OFFER).orElse(null), 15e10, 3e10)
                    && peer.gossip().mean(Quantity.LOAD).isPresent());
            Estimate size = peer.gossip().size().orElseThrow();
            assertTrue(size.epoch() >= 1);
            assertTrue(!size.age(Instant.now()).isNegative());
        }
        await().atMost(PATIENCE).until(() -> peers.stream().allMatch(peer -> peer.gossip().standing()
                .filter(standing -> standing.seen() == 4).isPresent()));
        await().atMost(PATIENCE).until(() -> peers.getLast().gossip().verdict(Slice.strongest(0.3)) == Verdict.INSIDE);
        await().atMost(PATIENCE).until(() -> peers.getFirst().gossip().verdict(Slice.of(2)) == Verdict.OUTSIDE);
        assertEquals(Verdict.INSIDE, peers.getFirst().gossip().verdict(Slice.of(1000)));
    }

    @Test
    void theGenericFrameworkSamplesInThePlaceOfCyclon() {
        network.options = network.options.withSampling(SampledPeers.Kind.GENERIC);
        List<Peer> peers = network.startAll(4);
        await().atMost(PATIENCE).until(() -> peers.stream().allMatch(peer -> peer.gossip().view().size() == 3));
        await().atMost(PATIENCE).until(() -> near(peers.getFirst().gossip().size().orElse(null), 4, 0.5));
        assertTrue(peers.stream().noneMatch(peer -> peer.gossip().view().contains(peer.id())));
    }

    /** The averaging too goes on over what Newscast samples. */
    @Test
    void tenPeersOnNewscastHangTogether() {
        network.options = network.options.withSampling(SampledPeers.Kind.NEWSCAST);
        List<Peer> peers = network.startAll(10);
        await().atMost(PATIENCE).until(() -> peers.stream().allMatch(peer -> peer.gossip().view().size() == 9));
        Map<PeerId, Integer> numbers = IntStream.range(0, 10).boxed()
                .collect(Collectors.toMap(i -> peers.get(i).id(), i -> i));
        var views = new Views(numbers.values(), i -> peers.get(i).gossip().view().stream().map(numbers::get).toList());
        assertEquals(10, views.largestComponent());
        assertTrue(peers.stream().noneMatch(peer -> peer.gossip().view().contains(peer.id())));
        await().atMost(PATIENCE).until(() -> near(peers.getFirst().gossip().size().orElse(null), 10, 1));

        var stranger = network.host(Identity.generate(new SecureRandom()), HostOptions.local());
        Peer target = peers.getLast();
        stranger.remember(target.id(), target.host().addresses());
        refusesGarbage(stranger, target, NewscastCodec.FORMAT);
        var exchange = new Exchange.Protocol(NewscastCodec.FORMAT.name(), NewscastCodec.MAX_MESSAGE,
                NewscastCodec.MAX_MESSAGE, PATIENCE);
        byte[] news = NewscastCodec.encode(List.of(new News(new Contact(stranger.id(), stranger.addresses()), 0)));
        await().atMost(PATIENCE).until(() -> { // it is no member: what others know of it they have from exchanges
            Exchange.ask(stranger, target.id(), exchange, news);
            return peers.stream().anyMatch(peer -> peer != target && peer.gossip().view().contains(stranger.id()));
        });
        RunningPeers.awaitAllAlive(peers);
    }

    @Test
    void aListenerHearsOfEachEpochUntilItIsTakenAway() {
        Aggregates first = network.start().gossip();
        List<Long> epochs = new CopyOnWriteArrayList<>();
        Registration registration = first.listen(epochs::add);
        first.listen(epoch -> {
            throw new IllegalStateException("a listener that fails, on purpose");
        });
        await().atMost(PATIENCE).until(() -> epochs.size() >= 2);
        assertEquals(epochs.getFirst() + 1, epochs.get(1));
        assertEquals(1, first.size().orElseThrow().value());
        registration.close();
        registration.close();
    }

    @Test
    void whatIsReportedCountsAndNonsenseIsRefused() {
        Peer alone = network.start();
        alone.gossip().report(Quantity.FREE, 1e9);
        alone.gossip().report(Quantity.LOAD, 2);
        alone.gossip().advertise(5_000_000_000L);
        await().atMost(PATIENCE).until(() -> near(alone.gossip().mean(Quantity.FREE).orElse(null), 1e9, 0)
                && near(alone.gossip().mean(Quantity.LOAD).orElse(null), 2, 0)
                && near(alone.gossip().mean(Quantity.OFFER).orElse(null), 5e9, 0));
        for (double nonsense : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e30}) {
            assertThrows(IllegalArgumentException.class, () -> alone.gossip().report(Quantity.OFFER, nonsense));
        }
    }

    @Test
    void garbageCostsTheStreamAndNothingElse() {
        List<Peer> peers = network.startAll(2);
        var stranger = network.host(Identity.generate(new SecureRandom()), HostOptions.local());
        Peer target = peers.getFirst();
        stranger.remember(target.id(), target.host().addresses());
        refusesGarbage(stranger, target, AggregationCodec.FORMAT);
        refusesGarbage(stranger, target, SlicingCodec.FORMAT);
        RunningPeers.awaitAllAlive(peers);
    }

    private static void refusesGarbage(SwitchHost stranger, Peer target, WireFormat<?> format) {
        int tooLong = format.maxMessage() + 1;
        var protocol = new Exchange.Protocol(format.name(), tooLong, tooLong, Duration.ofSeconds(5));
        for (byte[] garbage : List.of(new byte[] {-1, -1, -1}, new byte[tooLong])) {
            assertThrows(IOException.class, () -> Exchange.ask(stranger, target.id(), protocol, garbage));
        }
    }

    private static boolean near(Estimate estimate, double value, double tolerance) {
        return estimate != null && Math.abs(estimate.value() - value) <= tolerance;
    }
}
