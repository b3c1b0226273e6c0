// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

/** What has come of the pings of one command so far. Thread-safe: Ctrl-C asks on a thread of its own. */
final class PingTally {
    private final String peer;
    private int sent;
    private int answered;
    private double least = Double.MAX_VALUE;
    private double most;
    private double total;

    /**
     * The figures at one moment; times in milliseconds, those of at least one answer.
     */
    record Summary(int sent, int answered, double least, double mean, double most) {
    }

    PingTally(String peer) {
        this.peer = peer;
    }

    String peer() {
        return peer;
    }

    synchronized void answered(double millis) {
        sent++;
        answered++;
        total += millis;
        least = Math.min(least, millis);
        most = Math.max(most, millis);
    }

    synchronized void lost() {
        sent++;
    }

    synchronized Summary summary() {
        return new Summary(sent, answered, least, total / answered, most);
    }
}
