// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import java.nio.file.Path;
import java.time.Duration;

import io.peerwerk.storage.internal.transfer.TransferContext.Timing;
import org.jspecify.annotations.Nullable;

/**
 * How a node's storage runs.
 *
 * @param directory where everything lies
 * @param offer bytes offered; null: what was offered last, at first {@value #DEFAULT_OFFER}
 * @param repairDelay how long a file must be weak before it is repaired; shorter: safer, and more work when peers
 *            restart
 * @param auditPeriod from one audit of a file to the next where nothing happens; shorter: more questions to all peers
 * @param timing how long transfers wait for peers
 */
public record StorageOptions(Path directory, @Nullable Long offer, Duration repairDelay, Duration auditPeriod,
        Timing timing) {

    /** 10 GB. */
    public static final long DEFAULT_OFFER = 10_000_000_000L;
    /** Ten minutes: longer than a restart. */
    public static final Duration DEFAULT_REPAIR_DELAY = Duration.ofMinutes(10);
    /** Ten minutes. */
    public static final Duration DEFAULT_AUDIT_PERIOD = Duration.ofMinutes(10);

    /** Everything as usual in this directory. */
    public static StorageOptions in(Path directory) {
        return new StorageOptions(directory, null, DEFAULT_REPAIR_DELAY, DEFAULT_AUDIT_PERIOD, Timing.standard());
    }

    /** The same with another offer. */
    public StorageOptions withOffer(@Nullable Long bytes) {
        return new StorageOptions(directory, bytes, repairDelay, auditPeriod, timing);
    }

    /** The same with other times for repair. */
    public StorageOptions withRepair(Duration delay, Duration period) {
        return new StorageOptions(directory, offer, delay, period, timing);
    }

    /** The same with other waits for peers. */
    public StorageOptions withTiming(Timing other) {
        return new StorageOptions(directory, offer, repairDelay, auditPeriod, other);
    }
}
