// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.Set;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.wire.WireLimits;

/**
 * The settings of gossipsub. One instance serves any number of peers.
 *
 * @param degrees      how many peers a mesh has
 * @param timing       when things happen
 * @param limits       how much is kept and done for others
 * @param scores       what others deserve
 * @param floodPublish whether own messages go to all peers of a topic, not to those of the mesh alone: so that nobody
 *                     can keep them in by surrounding this peer; costs a publisher bandwidth
 * @param peerExchange whether a peer that finds no place here is told of others
 * @param direct       peers that the user trusts: they get every message of their topics and are heard whatever their
 *                     score, and never are partners; both ends have to agree on it (gossipsub 1.1, explicit peering)
 */
public record GossipsubOptions(Degrees degrees, Timing timing, Limits limits, ScoreOptions scores,
        boolean floodPublish, boolean peerExchange, Set<PeerId> direct) {

    /** @throws IllegalArgumentException if parts do not fit to each other */
    public GossipsubOptions {
        direct = Set.copyOf(direct);
        if (timing.historyGossip() > timing.historyLength()) {
            throw new IllegalArgumentException("what is offered must still be there");
        }
    }

    /**
     * Peers of a mesh. More deliver faster and survive more attackers, and each of them brings every message once more.
     *
     * @param target what is aimed at (D)
     * @param low    below it peers are taken in (D_lo)
     * @param high   above it peers are put out (D_hi)
     * @param best   of so many with the best score none is put out then (D_score)
     * @param out    so many at least are peers that this one has chosen (D_out)
     * @param lazy   peers outside that are told which messages there are, at least (D_lazy)
     * @param factor share of the peers outside that are told
     */
    public record Degrees(int target, int low, int high, int best, int out, int lazy, double factor) {

        public Degrees {
            if (low < 1 || target < low || high < target || best > target || out > target / 2 || out >= low) {
                throw new IllegalArgumentException("degrees that do not fit to each other");
            }
        }
    }

    /**
     * Times, in milliseconds or heartbeats.
     *
     * @param heartbeatMillis      between two heartbeats
     * @param fanoutMillis         how long peers of a topic are remembered that was published to without a subscription
     * @param pruneBackoffMillis   after a PRUNE nobody grafts so long
     * @param unsubscribeBackoffMillis the same where a topic was left
     * @param graftFloodMillis     a GRAFT so soon after a PRUNE is a breach twice
     * @param promiseMillis        what was offered and asked for has to come so soon
     * @param seenMillis           how long a message is recognized
     * @param historyLength        heartbeats that a message is kept for those who ask
     * @param historyGossip        of these, during so many it is offered
     * @param opportunisticTicks   heartbeats between two looks for better peers
     */
    public record Timing(long heartbeatMillis, long fanoutMillis, long pruneBackoffMillis,
            long unsubscribeBackoffMillis, long graftFloodMillis, long promiseMillis, long seenMillis,
            int historyLength, int historyGossip, int opportunisticTicks) {

        /** No back-off that a peer wishes for is longer, in seconds, whatever number it sends. */
        public static final long MAX_BACKOFF_SECONDS = 3_600;

        public Timing {
            if (heartbeatMillis < 1 || historyLength < 1 || opportunisticTicks < 1) {
                throw new IllegalArgumentException("a heartbeat of " + heartbeatMillis + " ms");
            }
        }

        public Timing withHeartbeat(long millis) {
            return new Timing(millis, fanoutMillis, pruneBackoffMillis, unsubscribeBackoffMillis, graftFloodMillis,
                    promiseMillis, seenMillis, historyLength, historyGossip, opportunisticTicks);
        }
    }

    /**
     * Bounds, each for what one peer, or all together, can make this one keep or do.
     *
     * @param maxData        bytes of a message; longer ones are ignored
     * @param seen           messages that are recognized when they come again; some 200 bytes each
     * @param cacheBytes     bytes of messages that are kept for those who ask, and as many that wait for a verdict
     * @param subscriptions  topics of one peer that are noted; some 100 bytes each
     * @param ihaves         IHAVE that one peer is heard with in a heartbeat
     * @param asked          messages that one peer is asked for in a heartbeat
     * @param resent         how often one peer gets a message that it asks for
     * @param dontWantSize   bytes from which on others are told that a message is there already
     * @param dontWants      IDONTWANT of one peer that are noted in a heartbeat
     * @param backoffs       of one topic that are kept
     * @param judging        messages that wait for the application's verdict; others are ignored
     */
    public record Limits(int maxData, int seen, long cacheBytes, int subscriptions, int ihaves, int asked, int resent,
            int dontWantSize, int dontWants, int backoffs, int judging) {

        public Limits {
            if (maxData < 1 || maxData > WireLimits.MAX_DATA || asked > WireLimits.MAX_IDS) {
                throw new IllegalArgumentException("messages of up to " + maxData + " bytes");
            }
        }
    }

    /** The specification's figures. */
    public static GossipsubOptions standard() {
        return new GossipsubOptions(new Degrees(6, 5, 12, 4, 2, 6, 0.25),
                new Timing(1_000, 60_000, 60_000, 10_000, 10_000, 3_000, 120_000, 5, 3, 60),
                new Limits(WireLimits.MAX_DATA, 65_536, 32 << 20, 1_024, 10, 5_000, 3, 1_024, 1_000, 4_096, 1_024),
                ScoreOptions.standard(), true, false, Set.of());
    }

    public GossipsubOptions withScores(ScoreOptions other) {
        return new GossipsubOptions(degrees, timing, limits, other, floodPublish, peerExchange, direct);
    }

    public GossipsubOptions withLimits(Limits other) {
        return new GossipsubOptions(degrees, timing, other, scores, floodPublish, peerExchange, direct);
    }

    public GossipsubOptions withTiming(Timing other) {
        return new GossipsubOptions(degrees, other, limits, scores, floodPublish, peerExchange, direct);
    }

    public GossipsubOptions withFloodPublish(boolean on) {
        return new GossipsubOptions(degrees, timing, limits, scores, on, peerExchange, direct);
    }

    public GossipsubOptions withPeerExchange(boolean on) {
        return new GossipsubOptions(degrees, timing, limits, scores, floodPublish, on, direct);
    }

    public GossipsubOptions withDirect(Set<PeerId> peers) {
        return new GossipsubOptions(degrees, timing, limits, scores, floodPublish, peerExchange, peers);
    }
}
