// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

/**
 * The settings of SWIM. One instance serves any number of peers. All times are milliseconds; n is the number of
 * reachable members, this peer included.
 *
 * @param period the time between two probes of a peer (T' of the paper). Shorter finds failures sooner and costs more:
 *         in each period a peer sends one request and gets one, whatever n. The expected time until the first of n
 *         peers probes one that failed is period / (1 - 1/e), about 1.6 periods
 * @param probeTimeout the wait for the answer to a probe; three times a usual round trip or more. At half of it a probe
 *         that went as a datagram goes once more over a stream. Shorter gives more needless indirect probes. The wait
 *         for indirect probes is one and a half times as long, so with two fifths of a period all is decided within one
 * @param indirectProbes members asked to probe for us (k). With packet loss p one of them fails with 1-(1-p)^4; three
 *         make a false suspicion 25 times rarer at 10% loss
 * @param suspicionFactor the least time that a suspect has to contradict: periods, times max(1, 2 log10 n - 0.8).
 *         That is 1 for up to eight members, 1.6 for sixteen, 2.8 for 64: the more members there are, the more likely
 *         one of them probes a process in the first moment of a pause, and the sooner the news has its accusers
 *         together. Higher means fewer false deaths and later true ones. It holds once {@value #CONFIRMATIONS} further
 *         members have found by themselves that the suspect does not answer
 * @param suspicionStretch how many times the least time a suspect has while one member alone accuses it; between the
 *         two the time shrinks with the logarithm of the accusers (Lifeguard, section IV-B). Higher means fewer deaths
 *         by the word of a member that is itself in trouble, and later true ones only while few others can tell
 * @param retransmitFactor requests in which a peer passes on each piece of news, times the natural logarithm of n + 1
 *         (lambda). A piece of news misses one of n members with a probability of about n^(1 - lambda) or less
 * @param gossipEvery while there is news, it also goes to a few random members this often, so that it need not wait for
 *         probes. Nothing is sent while there is none
 * @param gossipFanout to how many members then
 * @param syncEvery the time between two comparisons with a random member, which catch what rumours missed. Between
 *         members that know the same one costs no more than a probe
 * @param retryGone the time until a peer that is gone is pinged again for the first time; it doubles three times
 * @param forgetGone the time after which a peer that is gone is forgotten. A partition that lasts longer heals only
 *         through bootstrap addresses
 * @param maxMembers members that are remembered at most, in all states; each costs about 500 bytes. Those never talked
 *         to give way first
 * @param swap 0 where each peer knows all others. Otherwise the roster is a {@linkplain PartialView partial view}, and a
 *         comparison swaps so many of its members for others: more mixes faster and shortens the time that a member is
 *         watched by the same peer, which should be several rounds of probes, {@code maxMembers * period} each
 */
public record SwimOptions(long period, long probeTimeout, int indirectProbes, int suspicionFactor, int suspicionStretch,
        int retransmitFactor, long gossipEvery, int gossipFanout, long syncEvery, long retryGone, long forgetGone,
        int maxMembers, int swap) {

    /** Bytes of rumours and cards that travel with a probe or an answer, about: so that it fits into one packet. */
    static final int PIGGY_BACK = 950;

    /** Rumours of one message, at most; a comparison uses them up in large networks. */
    public static final int MAX_RUMOURS = 256;

    /** Further accusers that make a suspicion as short as it gets (K of Lifeguard). */
    static final int CONFIRMATIONS = 3;

    /** Members, about, that look for themselves when they hear of a suspicion. */
    static final int WITNESSES = 4;

    /** Probes for others that are under way at a time, at most. */
    static final int MAX_RELAYS = 32;

    /** Lists that are given out at once in comparisons, and how many more with each period. */
    static final int LISTS = 64;
    static final int LISTS_PER_PERIOD = 8;

    /** Members that other peers may tell us about at once, and how many more with each period. */
    static final int NEWCOMERS = 512;
    static final int NEWCOMERS_PER_PERIOD = 64;

    /** Signatures under cards from others that are checked at once, and how many more with each period. */
    static final int SIGNATURES = 1024;
    static final int SIGNATURES_PER_PERIOD = 256;

    /** Peers that are gone and are tried again in one period, at most. */
    static final int RETRIES_PER_PERIOD = 3;

    /** Swaps that others can have with a partial view at once, and the periods until they can have one more. */
    static final int SWAPS = 2;
    static final int PERIODS_PER_SWAP = 4;

    /** Periods after which a partial view forgets who is gone: its place is needed. */
    private static final int FORGET_IN_VIEW = 60;

    public SwimOptions {
        if (period < 10 || probeTimeout < 1 || gossipEvery < 1 || syncEvery < 1 || retryGone < 1 || forgetGone < 1) {
            throw new IllegalArgumentException("a time is too short: " + period + " ms period");
        }
        if (indirectProbes < 0 || suspicionFactor < 1 || suspicionStretch < 1 || retransmitFactor < 1
                || gossipFanout < 1 || maxMembers < 1 || swap < 0) {
            throw new IllegalArgumentException("a count is too low");
        }
        if (swap > maxMembers / 2) {
            throw new IllegalArgumentException("a swap of " + swap + " in a view of " + maxMembers);
        }
    }

    /** Each peer knows all others. */
    public SwimOptions(long period, long probeTimeout, int indirectProbes, int suspicionFactor, int suspicionStretch,
            int retransmitFactor, long gossipEvery, int gossipFanout, long syncEvery, long retryGone, long forgetGone,
            int maxMembers) {
        this(period, probeTimeout, indirectProbes, suspicionFactor, suspicionStretch, retransmitFactor, gossipEvery,
                gossipFanout, syncEvery, retryGone, forgetGone, maxMembers, 0);
    }

    /** For local networks and good lines: round trips of a tenth of the period or less. */
    public static SwimOptions every(long period) {
        return new SwimOptions(period, period * 2 / 5, 3, 3, 4, 3, Math.max(1, period / 5), 2, 30 * period, 10 * period,
                600 * period, 10_000);
    }

    /**
     * The same for networks of more peers than one can watch: a partial view of so many members, of which each
     * comparison swaps an eighth, or three.
     *
     * @param members 4 or more. A peer is watched by as many on average, and each looks at it once in so many periods:
     *         more means more watchers, of whom each notices a failure later; the first one does after two periods
     *         whatever the number
     */
    public SwimOptions withView(int members) {
        return new SwimOptions(period, probeTimeout, indirectProbes, suspicionFactor, suspicionStretch, retransmitFactor,
                gossipEvery, gossipFanout, syncEvery, retryGone, FORGET_IN_VIEW * period, members,
                Math.min(members / 2, Math.max(3, members / 8)));
    }

    /** Whether the roster is a partial view. */
    public boolean isPartial() {
        return swap > 0;
    }

    /**
     * How long a suspect has to contradict.
     *
     * @param peers reachable members, this one and the suspect included
     * @param accusers members that have found by themselves that it does not answer, 1 or more
     */
    public long suspicionTimeout(int peers, int accusers) {
        double least = suspicionFactor * period * Math.max(1, 2 * Math.log10(peers) - 0.8);
        int possible = Math.min(CONFIRMATIONS, peers - 2);
        if (possible < 1) {
            return Math.round(least);
        }
        double confirmed = Math.log(accusers) / Math.log(possible + 1);
        return Math.round(Math.max(least, least * (suspicionStretch - (suspicionStretch - 1) * confirmed)));
    }

    /** How often a piece of news is passed on when so many peers, this one included, are reachable. */
    public int retransmissions(int peers) {
        return (int) Math.ceil(retransmitFactor * Math.log(peers + 1));
    }

    /** The wait for those who probe for us. */
    long indirectTimeout() {
        return probeTimeout * 3 / 2;
    }
}
