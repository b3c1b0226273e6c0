// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.peerwerk.core.identity.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * The peers that have answered, in buckets by the number of leading bits that their place shares with this peer's. Not
 * thread-safe.
 */
public final class RoutingTable {

    /** Peers in a bucket, and peers that are told, asked to store, and looked for: the k of the specification. */
    public static final int BUCKET_SIZE = 20;

    private final KadKey self;
    private final Diversity diversity;
    private final Map<Integer, Bucket> buckets = new TreeMap<>();
    private final Map<Network, Integer> networks = new HashMap<>();

    /** What became of a peer that was to be added. */
    public enum Place {
        /** It stands in the table now. */
        ADDED,
        /** It stood there already; it is the one seen last now. */
        KNOWN,
        /** There is no room in its bucket. */
        FULL,
        /** There are enough peers of its network, or it is this peer itself. */
        REFUSED
    }

    /**
     * A peer in the table.
     *
     * @param added when it answered first
     * @param seen  when it answered last
     */
    public record Entry(Contact contact, Instant added, Instant seen) {
    }

    /** The entries, those seen longest ago first, and peers that would take the place of one that goes. */
    private static final class Bucket {
        final LinkedHashMap<PeerId, Entry> entries = new LinkedHashMap<>();
        final Map<PeerId, Network> networks = new HashMap<>();
        final LinkedHashMap<PeerId, Contact> spare = new LinkedHashMap<>();
        /** When this bucket was looked through last. */
        @Nullable Instant refreshed;
    }

    public RoutingTable(KadKey self, Diversity diversity) {
        this.self = self;
        this.diversity = diversity;
    }

    /** The number of the bucket that a place belongs to. */
    public int bucket(KadKey key) {
        return Math.min(self.sharedBits(key), KadKey.BITS - 1);
    }

    /** Adds a peer that has just answered, if there is room. */
    public Place add(Contact contact, Instant now) {
        if (contact.key().equals(self)) {
            return Place.REFUSED;
        }
        Bucket bucket = buckets.computeIfAbsent(bucket(contact.key()), b -> new Bucket());
        Entry known = remove(bucket, contact.id());
        if (bucket.entries.size() == BUCKET_SIZE) {
            return Place.FULL;
        }
        if (!isDiverse(bucket, contact)) {
            return Place.REFUSED; // one that has moved to such a network goes
        }
        network(contact).ifPresent(network -> {
            networks.merge(network, 1, Integer::sum);
            bucket.networks.put(contact.id(), network);
        });
        bucket.entries.put(contact.id(), new Entry(contact, known == null ? now : known.added(), now));
        bucket.spare.remove(contact.id());
        return known == null ? Place.ADDED : Place.KNOWN;
    }

    /** Whether a peer not yet in the table would find room. */
    public boolean hasRoom(Contact contact) {
        Bucket bucket = buckets.get(bucket(contact.key()));
        return !contact.key().equals(self) && (bucket == null || bucket.entries.size() < BUCKET_SIZE)
                && isDiverse(bucket == null ? new Bucket() : bucket, contact);
    }

    private boolean isDiverse(Bucket bucket, Contact contact) {
        Network network = network(contact).orElse(null);
        return network == null || networks.getOrDefault(network, 0) < diversity.perTable()
                && bucket.networks.values().stream().filter(network::equals).count() < diversity.perBucket();
    }

    /** The network in which the peer was; addresses that it merely claims do not count. */
    private static Optional<Network> network(Contact contact) {
        return contact.addresses().stream().findFirst().flatMap(Network::of);
    }

    /** Keeps a peer that has answered and found its bucket full, for when one goes; the oldest such gives way. */
    void spare(Contact contact) {
        Bucket bucket = buckets.computeIfAbsent(bucket(contact.key()), b -> new Bucket());
        bucket.spare.remove(contact.id());
        if (bucket.spare.size() == BUCKET_SIZE) {
            bucket.spare.pollFirstEntry();
        }
        bucket.spare.put(contact.id(), contact);
    }

    /** Takes out the peer that was kept last for the bucket of this place. */
    Optional<Contact> takeSpare(KadKey key) {
        Bucket bucket = buckets.get(bucket(key));
        return bucket == null ? Optional.empty()
                : Optional.ofNullable(bucket.spare.pollLastEntry()).map(Map.Entry::getValue);
    }

    /** The peer seen longest ago in the bucket of this place. */
    Optional<Entry> oldest(KadKey key) {
        Bucket bucket = buckets.get(bucket(key));
        return bucket == null || bucket.entries.isEmpty() ? Optional.empty()
                : Optional.of(bucket.entries.firstEntry().getValue());
    }

    /** A peer of the table has answered. */
    void seen(PeerId peer, Instant now) {
        find(peer).ifPresent(entry -> add(entry.contact(), now));
    }

    /** Takes a peer out; says whether it was there. */
    public boolean remove(PeerId peer) {
        Bucket bucket = buckets.get(bucket(KadKey.of(peer)));
        return bucket != null && remove(bucket, peer) != null;
    }

    private @Nullable Entry remove(Bucket bucket, PeerId peer) {
        Entry entry = bucket.entries.remove(peer);
        Network network = bucket.networks.remove(peer);
        if (network != null) {
            networks.computeIfPresent(network, (n, count) -> count == 1 ? null : count - 1);
        }
        return entry;
    }

    /** The entry of a peer. */
    public Optional<Entry> find(PeerId peer) {
        return find(peer, KadKey.of(peer));
    }

    /** The same without hashing its id again. */
    Optional<Entry> find(Contact contact) {
        return find(contact.id(), contact.key());
    }

    private Optional<Entry> find(PeerId peer, KadKey key) {
        Bucket bucket = buckets.get(bucket(key));
        return bucket == null ? Optional.empty() : Optional.ofNullable(bucket.entries.get(peer));
    }

    /** The peers closest to a place, closest first. */
    public List<Contact> closest(KadKey key, int count) {
        return entries().stream().map(Entry::contact)
                .sorted(Comparator.comparing((Contact contact) -> contact.key().distance(key))).limit(count).toList();
    }

    /** All entries. */
    public List<Entry> entries() {
        List<Entry> all = new ArrayList<>();
        buckets.values().forEach(bucket -> all.addAll(bucket.entries.values()));
        return all;
    }

    /** The entries of each bucket that is not empty, those seen longest ago first. */
    public Map<Integer, List<Entry>> byBucket() {
        Map<Integer, List<Entry>> all = new TreeMap<>();
        buckets.forEach((number, bucket) -> {
            if (!bucket.entries.isEmpty()) {
                all.put(number, List.copyOf(bucket.entries.values()));
            }
        });
        return all;
    }

    /** How many peers stand in it. */
    public int size() {
        return buckets.values().stream().mapToInt(bucket -> bucket.entries.size()).sum();
    }

    /** When a bucket was looked through last. */
    Optional<Instant> refreshed(int number) {
        Bucket bucket = buckets.get(number);
        return bucket == null ? Optional.empty() : Optional.ofNullable(bucket.refreshed);
    }

    /** A bucket is looked through. */
    void refresh(int number, Instant now) {
        buckets.computeIfAbsent(number, b -> new Bucket()).refreshed = now;
    }
}
