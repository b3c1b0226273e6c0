// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.routing.internal.kad.BestValue;
import io.peerwerk.routing.internal.kad.Contact;
import io.peerwerk.routing.internal.kad.Lookup;
import io.peerwerk.routing.internal.kad.RefusedException;
import io.peerwerk.routing.internal.kad.RoutingTable;
import io.peerwerk.routing.internal.record.Validators;
import io.peerwerk.routing.internal.wire.KadMessage;
import io.peerwerk.routing.internal.wire.KadRecord;
import io.peerwerk.routing.internal.wire.KadType;
import io.peerwerk.routing.internal.wire.Octets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Values under keys: puts them and finds them. Calls block. */
final class Values {

    private static final Logger LOG = LoggerFactory.getLogger(Values.class);

    /** When so many of the closest give the same value, a better one elsewhere is hardly to be expected. */
    private static final int QUORUM = 16;

    private final Dht dht;
    private final PeerId self;
    private final InstantSource clock;
    private final Validators validators = new Validators();

    Values(Dht dht, PeerId self, InstantSource clock) {
        this.dht = dht;
        this.self = self;
        this.clock = clock;
    }

    /** Stores a value here and at the closest peers; gives how many others took it. */
    int put(KadRecord record) throws IOException {
        keep(record);
        Lookup lookup = dht.closest(KadMessage.of(KadType.FIND_NODE, record.key()), new Dht.Visit());
        return put(record, lookup.closest());
    }

    private void keep(KadRecord record) throws IOException {
        try {
            dht.askSelf(KadMessage.put(record));
        } catch (RefusedException e) {
            LOG.debug("a value is not kept here: {}", e.getMessage());
        }
    }

    private int put(KadRecord record, List<Contact> peers) throws IOException {
        var fan = new Fan(peer -> {
            KadRecord kept = dht.ask(peer, KadMessage.put(record)).record();
            if (kept == null || !kept.value().equals(record.value())) {
                throw new FormatException("a peer has stored something else than it was given");
            }
        });
        peers.stream().limit(RoutingTable.BUCKET_SIZE).forEach(fan::start);
        return fan.await(dht.telling());
    }

    /** The best value; the closest peers that do not have it are given it, in the background. */
    Optional<KadRecord> get(Octets key) throws IOException {
        var best = new BestValue(validators, key);
        KadMessage question = KadMessage.of(KadType.GET_VALUE, key);
        dht.askSelf(question).ifPresent(answer -> take(best, self, answer));
        Lookup lookup = dht.closest(question, new Dht.Visit() {
            @Override
            void answered(Contact peer, KadMessage answer) {
                take(best, peer.id(), answer);
            }

            @Override
            boolean enough() {
                return best.agreeing() >= QUORUM;
            }
        });
        best.best().ifPresent(record -> correct(record, best.outdated(lookup.closest())));
        return best.best();
    }

    private void take(BestValue best, PeerId peer, KadMessage answer) {
        KadRecord record = answer.record();
        if (record != null) {
            try {
                best.found(peer, record, clock.instant());
            } catch (FormatException e) {
                LOG.debug("{} gives a wrong value: {}", peer.brief(), e.getMessage());
            }
        }
    }

    private void correct(KadRecord record, List<Contact> outdated) {
        if (!outdated.isEmpty()) {
            Thread.ofVirtual().name("routing-correct").start(() -> {
                try {
                    put(record, outdated);
                } catch (IOException e) {
                    LOG.debug("outdated peers were not told: {}", e.getMessage());
                }
            });
        }
    }
}
