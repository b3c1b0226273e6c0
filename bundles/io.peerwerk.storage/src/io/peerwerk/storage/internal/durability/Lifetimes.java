// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.durability;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * How long peers stay until they leave for good, estimated from who comes and goes. Not thread-safe; the clock is handed in.
 *
 * <p>The estimate is that of the greatest likelihood for exponential lifetimes, most of which have not ended yet (right
 * censoring): the time that all peers were watched, divided by the number of those that left. One departure and {@link
 * #PRIOR} of watching are added to what was seen (a gamma prior), so that a network nobody has left yet is not taken for
 * one that nobody ever leaves.
 *
 * <p>An absence may end: until {@link #GRACE} is over it counts as the part of a departure that has passed of the grace.
 * Good-byes count as absences, as a machine that is switched off in the evening says good-bye, too. While nobody at all
 * is there it is this peer that is away: no absence goes on. Whoever returns later is a new peer.
 *
 * <p>What was seen weighs half after {@link #HALF_LIFE}, so that a network may change. At most {@value #MAX_PEERS} peers
 * are watched, the first ones that come: as they are watched forwards from there, long lives are not preferred.
 */
public final class Lifetimes {

    /** How long an absence may be: longer than a weekend. */
    public static final Duration GRACE = Duration.ofDays(3);
    /** How long a peer stays where nothing is known. */
    public static final Duration PRIOR = Duration.ofDays(30);
    /** What was seen so long ago counts half. */
    public static final Duration HALF_LIFE = Duration.ofDays(90);
    /** How many are watched; their lifetime is known to 3%. */
    public static final int MAX_PEERS = 1024;
    /** More than any state of so many peers has. */
    public static final int MAX_BYTES = 1 << 17;

    private static final int MAX_ID = 128;
    private static final Duration STEP = Duration.ofHours(1);
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(36_500);

    /** A peer: since when it is absent, or up to when its presence is in the sum. */
    private record Seen(boolean present, Instant since) {
    }

    private final Map<PeerId, Seen> watched = new HashMap<>();
    private int present;
    /** Seconds of presence of all that were watched, and how many of them left. */
    private double time;
    private double departures;
    private Instant summed;

    /** Nothing seen yet. */
    public Lifetimes(Instant now) {
        summed = now;
    }

    /** A peer is there. */
    public void present(PeerId peer, Instant now) {
        advance(now);
        Seen seen = watched.get(peer);
        if (seen == null ? watched.size() >= MAX_PEERS : seen.present()) {
            return;
        }
        if (present++ == 0) {
            // Nobody was there: absences go on from here.
            watched.replaceAll((other, was) -> new Seen(false, now));
        } else if (seen != null) {
            // It was away and has not left.
            time += seconds(seen.since(), now);
        }
        watched.put(peer, new Seen(true, now));
    }

    /** A peer is not there any more. */
    public void absent(PeerId peer, Instant now) {
        advance(now);
        Seen seen = watched.get(peer);
        if (seen != null && seen.present()) {
            time += seconds(seen.since(), now);
            watched.put(peer, new Seen(false, now));
            present--;
        }
    }

    /** The mean time that a peer stays, as far as is known now. */
    public Duration mean(Instant now) {
        advance(now);
        double all = time + PRIOR.toSeconds();
        double gone = departures + 1;
        for (Seen seen : watched.values()) {
            if (seen.present()) {
                all += seconds(seen.since(), now);
            } else if (present > 0) {
                gone += Math.min(1, seconds(seen.since(), now) / GRACE.toSeconds());
            }
        }
        Duration mean = Duration.ofSeconds((long) Math.min(all / gone, MOST.toSeconds()));
        return mean.compareTo(LEAST) < 0 ? LEAST : mean;
    }

    /** Every hour at most: sums up, lets go who left, and lets the past weigh less. */
    private void advance(Instant now) {
        if (Duration.between(summed, now).compareTo(STEP) < 0) {
            return;
        }
        double weight = Math.pow(0.5, seconds(summed, now) / HALF_LIFE.toSeconds());
        time *= weight;
        departures *= weight;
        summed = now;
        watched.entrySet().removeIf(entry -> {
            Seen seen = entry.getValue();
            if (seen.present()) {
                time += seconds(seen.since(), now);
                entry.setValue(new Seen(true, now));
            } else if (present > 0 && Duration.between(seen.since(), now).compareTo(GRACE) >= 0) {
                departures++;
                return true;
            }
            return false;
        });
    }

    /** Clocks may be set back. */
    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis() / 1e3);
    }

    /** What has to outlive a restart. */
    public byte[] toBytes(Instant now) {
        advance(now);
        double sum = time + watched.values().stream().filter(Seen::present).mapToDouble(s -> seconds(s.since(), now)).sum();
        ProtoWriter out = new ProtoWriter().uint(1, Math.max(0, now.toEpochMilli()))
                .fixed64(2, Double.doubleToLongBits(sum)).fixed64(3, Double.doubleToLongBits(departures));
        watched.keySet().forEach(peer -> out.bytes(4, peer.toBytes()));
        return out.toBytes();
    }

    /** Goes on with what was seen before; everybody is absent until he is seen, and has the whole grace for it. */
    public static Lifetimes parse(byte[] bytes, Instant now) throws FormatException {
        Lifetimes lifetimes = new Lifetimes(now);
        ProtoReader in = new ProtoReader(bytes);
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> lifetimes.summed = Instant.ofEpochMilli(Math.min(Math.max(0, in.uint()), now.toEpochMilli()));
                case 2 -> lifetimes.time = sum(in.fixed64());
                case 3 -> lifetimes.departures = sum(in.fixed64());
                case 4 -> lifetimes.watch(PeerId.read(in.bytes(MAX_ID)), now);
                default -> in.skip();
            }
        }
        return lifetimes;
    }

    private void watch(PeerId peer, Instant now) throws FormatException {
        if (watched.size() >= MAX_PEERS) {
            throw new FormatException("more than " + MAX_PEERS + " peers");
        }
        watched.put(peer, new Seen(false, now));
    }

    private static double sum(long bits) throws FormatException {
        double value = Double.longBitsToDouble(bits);
        if (!(value >= 0 && value < 1e15)) {
            throw new FormatException("a sum of " + value);
        }
        return value;
    }
}
