// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.churn;

import java.time.Duration;

/**
 * What to do.
 *
 * @param nodes at a time
 * @param life  of a node, on average
 * @param time  how long to look things up
 * @param rate  lookups a second
 * @param seed  of lives, deaths and choices; what the network makes of it differs from run to run
 */
public record ChurnPlan(int nodes, Duration life, Duration time, double rate, long seed) {

    /** The share of lookups that must succeed. */
    public static final double WANTED = 0.999;

    /** Until there are dead of each age, figures of what is used say nothing about leaks. */
    Duration settling() {
        Duration lives = life.multipliedBy(2);
        Duration third = time.dividedBy(3);
        return lives.compareTo(third) < 0 ? lives : third;
    }

    /** Between two looks at what is used. */
    Duration sampling() {
        Duration part = time.dividedBy(40);
        return part.compareTo(Duration.ofSeconds(2)) < 0 ? Duration.ofSeconds(2) : part;
    }
}
