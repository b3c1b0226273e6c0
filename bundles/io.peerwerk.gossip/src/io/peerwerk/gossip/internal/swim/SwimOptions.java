// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

/**
 * The settings of SWIM. One instance serves any number of peers. All times are milliseconds.
 *
 * @param period the time between two probes of a peer. Shorter finds failures sooner and costs more: in each period a
 *         peer sends one request and gets one, whatever the size of the network. The expected time until the first of n
 *         peers notices a failure is period / (1 - 1/e), about 1.6 periods
 * @param probeTimeout the wait for the answer to a probe; three times a usual round trip or more. Shorter gives more
 *         needless indirect probes. The wait for indirect probes is one and a half times as long, so with two fifths of
 *         a period all is decided within one
 * @param indirectProbes members asked to probe for us ({@code k}). With packet loss p one of them fails with
 *         1-(1-p)^4; three make a false suspicion 25 times rarer at 10% loss
 * @param suspicionFactor periods that a suspect has to contradict, times log10 of the members. Higher means fewer false
 *         deaths and later true ones
 * @param retransmitFactor requests in which a peer passes on each piece of news, times the natural logarithm of the
 *         members (lambda). A piece of news misses one of n members with a probability of about n^(1 - lambda) or less
 * @param gossipEvery while there is news, it also goes to a few random members this often, so that it need not wait for
 *         probes. Nothing is sent while there is none
 * @param gossipFanout to how many members then
 * @param syncEvery the time between two comparisons of lists with a random member, which catches what rumours missed
 * @param retryGone the time until a peer that is gone is pinged again for the first time; it doubles three times
 * @param forgetGone the time after which a peer that is gone is forgotten. A partition that lasts longer heals only
 *         through bootstrap addresses
 * @param maxMembers members that are remembered at most, in all states; each costs about 200 bytes. Those never talked
 *         to give way first
 */
public record SwimOptions(long period, long probeTimeout, int indirectProbes, int suspicionFactor, int retransmitFactor,
        long gossipEvery, int gossipFanout, long syncEvery, long retryGone, long forgetGone, int maxMembers) {

    /** Rumours that travel with a probe or an answer, at most. */
    static final int PIGGY_BACK = 16;

    /** Rumours of one message, at most; a comparison of lists uses them up in large networks. */
    public static final int MAX_RUMOURS = 256;

    /** Probes for others that are under way at a time, at most. */
    static final int MAX_RELAYS = 32;

    /** Members that other peers may tell us about at once, and how many more with each period. */
    static final int NEWCOMERS = 512;
    static final int NEWCOMERS_PER_PERIOD = 64;

    /** Peers that are gone and are tried again in one period, at most. */
    static final int RETRIES_PER_PERIOD = 3;

    public SwimOptions {
        if (period < 10 || probeTimeout < 1 || gossipEvery < 1 || syncEvery < 1 || retryGone < 1 || forgetGone < 1) {
            throw new IllegalArgumentException("a time is too short: " + period + " ms period");
        }
        if (indirectProbes < 0 || suspicionFactor < 1 || retransmitFactor < 1 || gossipFanout < 1 || maxMembers < 1) {
            throw new IllegalArgumentException("a count is too low");
        }
    }

    /** For a period on networks whose round trips are well below it: a tenth or less. */
    public static SwimOptions every(long period) {
        return new SwimOptions(period, period * 2 / 5, 3, 3, 3, Math.max(1, period / 5), 2, 30 * period, 10 * period,
                600 * period, 10_000);
    }

    /** How long a suspect has to contradict when so many peers, this one included, are reachable. */
    public long suspicionTimeout(int peers) {
        return Math.round(suspicionFactor * period * Math.max(1, Math.log10(peers)));
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
