// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.churn;

import java.util.ArrayList;
import java.util.List;

/** What became of the lookups. Thread-safe. */
final class Score {

    /** Failures that are told one by one. */
    private static final int MAX_TOLD = 100;

    private final List<Long> nanos = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int failed;
    private int uncounted;
    private int announced;
    private int notAnnounced;

    synchronized void found(long took) {
        nanos.add(took);
    }

    synchronized void missed(String how) {
        failed++;
        tell(how);
    }

    /** The asker or the owner died meanwhile. */
    synchronized void interrupted() {
        uncounted++;
    }

    synchronized void announced() {
        announced++;
    }

    synchronized void notAnnounced(String how) {
        notAnnounced++;
        tell("not announced: " + how);
    }

    private void tell(String how) {
        if (failures.size() < MAX_TOLD) {
            failures.add(how);
        }
    }

    /**
     * The figures.
     *
     * @param uncounted    lookups whose asker or owner died meanwhile
     * @param announced    calls that announced something
     * @param notAnnounced those that failed though the peer lived
     * @param millis       median, 95th, 99th percentile and the longest of the lookups that succeeded
     * @param failures     what went wrong, in words; not more than a hundred
     */
    record Figures(int lookups, int succeeded, int uncounted, int announced, int notAnnounced, Percentiles millis,
            List<String> failures) {

        double share() {
            return lookups == 0 ? 0 : (double) succeeded / lookups;
        }
    }

    /** In milliseconds. */
    record Percentiles(double p50, double p95, double p99, double max) {
    }

    synchronized Figures figures() {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        var millis = new Percentiles(at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99), at(sorted, 1));
        return new Figures(sorted.length + failed, sorted.length, uncounted, announced, notAnnounced, millis,
                List.copyOf(failures));
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }
}
