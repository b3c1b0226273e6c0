// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.sampling;

import java.util.Optional;

import io.peerwerk.gossip.internal.cyclon.CyclonOptions;

/**
 * The settings of the generic framework. One instance serves any number of peers.
 *
 * @param viewSize neighbours of the view ({@code c}), at least 2
 * @param healer of the oldest entries so many are dropped in each exchange ({@code H}), 0 to viewSize/2. More forget
 *         dead peers sooner
 * @param swapper of the entries that were sent so many are dropped in each exchange ({@code S}), 0 to viewSize/2 -
 *         healer. More keep the in-degrees even
 * @param exchange whether the asked peer gives entries back
 * @param partner which neighbour is asked
 * @param periodMillis milliseconds between two requests of this peer
 * @param guard what keeps a loud minority out, or nothing for the framework as published
 */
public record SamplingOptions(int viewSize, int healer, int swapper, Exchange exchange, Partner partner,
        long periodMillis, Optional<Guard> guard) {

    /** Who gives entries to whom. */
    public enum Exchange {
        /** The asking peer alone. */
        PUSH,
        /** Each to the other. */
        PUSH_PULL
    }

    /** Which neighbour is asked. */
    public enum Partner {
        /** Each as likely as any other. */
        RANDOM,
        /** The one whose entry is the oldest. */
        TAIL
    }

    /**
     * The two sources of neighbours beside the view.
     *
     * @param direct neighbours that are the last to have asked this peer. More push back attackers that hand out each
     *         other, and give more to attackers that ask often
     * @param requestsTaken when more peers than this ask within a cycle, none of them becomes a neighbour. One asks on
     *         average; of honest peers more than 5 do in one cycle of 1,700
     * @param recalled neighbours drawn from all ever heard of
     */
    public record Guard(int direct, int requestsTaken, int recalled) {

        public Guard {
            if (direct < 1 || requestsTaken < 1 || recalled < 1) {
                throw new IllegalArgumentException(direct + " direct of " + requestsTaken + ", recalled " + recalled);
            }
        }
    }

    public SamplingOptions {
        if (viewSize < 2 || healer < 0 || swapper < 0 || healer + swapper > viewSize / 2) {
            throw new IllegalArgumentException("healer " + healer + ", swapper " + swapper + " of view " + viewSize);
        }
        if (periodMillis < 1) {
            throw new IllegalArgumentException("a period of " + periodMillis + " ms");
        }
        int sent = viewSize / 2 + guard.map(g -> (g.direct + g.recalled + 1) / 2).orElse(0);
        if (sent > CyclonOptions.MAX_ENTRIES) {
            throw new IllegalArgumentException("messages of " + sent + " entries");
        }
    }

    /** 20 neighbours as published, push-pull with random partners, every so many milliseconds. */
    public static SamplingOptions plain(int healer, int swapper, long periodMillis) {
        return new SamplingOptions(20, healer, swapper, Exchange.PUSH_PULL, Partner.RANDOM, periodMillis,
                Optional.empty());
    }

    /** 24 neighbours: 8 of the view, 8 that have asked, and 8 recalled. No healer: it would keep what attackers send. */
    public static SamplingOptions guarded(long periodMillis) {
        return new SamplingOptions(8, 0, 4, Exchange.PUSH_PULL, Partner.TAIL, periodMillis,
                Optional.of(new Guard(8, 5, 8)));
    }
}
