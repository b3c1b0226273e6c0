// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.routing.internal.wire.KadMessage;
import io.peerwerk.routing.internal.wire.KadPeer;
import io.peerwerk.routing.internal.wire.KadRecord;
import io.peerwerk.routing.internal.wire.KadType;
import io.peerwerk.routing.internal.wire.Octets;
import org.jspecify.annotations.Nullable;

/** Answers what others ask. Not thread-safe but for {@link #check}. */
public final class Responder {

    /** Providers in one answer, at most. */
    static final int MAX_TOLD = 100;

    private final PeerId self;
    private final RoutingTable table;
    private final RecordStore records;
    private final ProviderStore providers;
    private final Around around;

    /** What an answer is made from. */
    public record Stores(RoutingTable table, RecordStore records, ProviderStore providers) {
    }

    /** What the host knows. */
    public interface Around {

        /** Which addresses belong into the table. */
        AddressRules rules();

        /** Where a peer is that is connected, or this peer itself; none if it is neither. */
        List<Multiaddr> known(PeerId peer);

        /** Whether this peer itself has the content. */
        boolean provides(Octets content);
    }

    public Responder(PeerId self, Stores stores, Around around) {
        this.self = self;
        this.table = stores.table();
        this.records = stores.records();
        this.providers = stores.providers();
        this.around = around;
    }

    /** A question that makes sense, as far as that shows without what is kept; with the value that it puts, if any. */
    public record Checked(KadMessage question, RecordStore.@Nullable Ranked value) {
    }

    /**
     * Looks at a question before it is answered. Signatures are checked here; any thread may call it.
     *
     * @throws FormatException if the question makes no sense
     */
    public Checked check(KadMessage question, Instant now) throws FormatException {
        if (question.key().isEmpty() && question.type() != KadType.PING) {
            throw new FormatException("a question without a key");
        }
        if (question.type() != KadType.PUT_VALUE) {
            return new Checked(question, null);
        }
        KadRecord record = question.record();
        if (record == null || !record.key().equals(question.key())) {
            throw new FormatException("a value without its key");
        }
        return new Checked(question, records.check(record, now));
    }

    /**
     * The answer to a question, if it has one.
     *
     * @throws FormatException if the question makes no sense
     * @throws RefusedException if it asks for something that is not granted
     */
    public Optional<KadMessage> answer(PeerId from, Checked checked, Instant now) throws IOException {
        KadMessage question = checked.question();
        return switch (question.type()) {
            case PING -> Optional.of(KadMessage.of(KadType.PING, question.key()));
            case FIND_NODE -> Optional.of(new KadMessage(KadType.FIND_NODE, question.key(), null,
                    nodes(from, question.key()), List.of()));
            case GET_VALUE -> Optional.of(new KadMessage(KadType.GET_VALUE, question.key(),
                    records.get(question.key(), now).orElse(null), closer(from, question.key()), List.of()));
            case GET_PROVIDERS -> Optional.of(new KadMessage(KadType.GET_PROVIDERS, question.key(), null,
                    closer(from, question.key()), providers(question.key(), now)));
            case PUT_VALUE -> Optional.of(put(from, Objects.requireNonNull(checked.value()), now));
            case ADD_PROVIDER -> {
                announce(from, question, now);
                yield Optional.empty();
            }
        };
    }

    private KadMessage put(PeerId from, RecordStore.Ranked value, Instant now) throws RefusedException {
        records.put(value, from, now);
        return KadMessage.put(value.record());
    }

    /** Only what a peer says about itself counts. */
    private void announce(PeerId from, KadMessage question, Instant now) throws IOException {
        for (KadPeer provider : question.providers()) {
            if (provider.id().equals(from)) {
                List<Multiaddr> addresses = around.rules().tellable(provider.addresses());
                providers.add(question.key(), new Contact(from, addresses), now);
                return;
            }
        }
        throw new RefusedException("a peer announces somebody else");
    }

    private List<KadPeer> providers(Octets key, Instant now) {
        List<KadPeer> told = new ArrayList<>();
        if (around.provides(key)) {
            told.add(new KadPeer(self, addresses(self)));
        }
        providers.get(key, MAX_TOLD, now).forEach(provider -> told.add(provider.toPeer()));
        return told;
    }

    private List<KadPeer> closer(PeerId from, Octets key) {
        AddressRules rules = around.rules();
        return table.closest(KadKey.of(key), RoutingTable.BUCKET_SIZE + 1).stream()
                .filter(contact -> !contact.id().equals(from)).limit(RoutingTable.BUCKET_SIZE)
                .map(contact -> new KadPeer(contact.id(), rules.tellable(contact.addresses()))).toList();
    }

    /** The closest, and the peer itself that is looked for if the host knows it, whether it serves or not. */
    private List<KadPeer> nodes(PeerId from, Octets key) {
        List<KadPeer> closer = new ArrayList<>(closer(from, key));
        peer(key).filter(peer -> closer.stream().noneMatch(other -> other.id().equals(peer))).ifPresent(peer -> {
            List<Multiaddr> addresses = addresses(peer);
            if (!addresses.isEmpty()) {
                closer.addFirst(new KadPeer(peer, addresses));
            }
        });
        return closer;
    }

    private List<Multiaddr> addresses(PeerId peer) {
        return around.rules().tellable(around.known(peer));
    }

    private static Optional<PeerId> peer(Octets key) {
        try {
            return Optional.of(PeerId.read(key.bytes()));
        } catch (FormatException e) {
            return Optional.empty(); // any place can be looked for
        }
    }
}
