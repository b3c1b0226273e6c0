// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import java.time.Duration;

/**
 * The settings of AutoNAT.
 *
 * @param serve     whether other peers' requests are served: each costs a handshake, and without servers nobody learns
 * @param anyScope  whether addresses of private networks are asked for and dialled too; for tests on one machine, where
 *                  then also every peer counts as a network of its own
 * @param first     from the start to the first question: connections come first
 * @param retry     from one question to the next while the answer is not sure; longer spares others, shorter knows sooner
 * @param refresh   the same once it is sure
 * @param rest      from one question to the next to the same peer; more than a server takes would be refused
 * @param lifetime  how long an answer counts
 * @param step      the longest wait for one message
 * @param dial      the longest that a dial back takes; a version 1 failure is told only after it, so that nobody can
 *                  measure with this peer which ports elsewhere are open
 * @param herd      the longest wait before an address is dialled that is not the asker's own, drawn by chance, so that
 *                  many servers asked at once do not dial at once
 * @param rates     how many requests of others are served
 */
public record AutonatOptions(boolean serve, boolean anyScope, Duration first, Duration retry, Duration refresh,
        Duration rest, Duration lifetime, Duration step, Duration dial, Duration herd, DialLimits.Rates rates) {

    /** For the public internet. */
    public static AutonatOptions standard() {
        return new AutonatOptions(true, false, Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofMinutes(15),
                Duration.ofMinutes(2), Duration.ofHours(5), Duration.ofSeconds(15), Duration.ofSeconds(15),
                Duration.ofSeconds(3), DialLimits.Rates.STANDARD);
    }

    /** For peers on one machine. */
    public static AutonatOptions local() {
        return new AutonatOptions(true, true, Duration.ZERO, Duration.ofMillis(50), Duration.ofSeconds(2),
                Duration.ofMillis(200), Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofSeconds(2),
                Duration.ZERO, DialLimits.Rates.STANDARD);
    }

    /** The same, serving or not. */
    public AutonatOptions serving(boolean on) {
        return new AutonatOptions(on, anyScope, first, retry, refresh, rest, lifetime, step, dial, herd, rates);
    }

    /** The same with other limits for those who ask. */
    AutonatOptions at(DialLimits.Rates others) {
        return new AutonatOptions(serve, anyScope, first, retry, refresh, rest, lifetime, step, dial, herd, others);
    }
}
