// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.model;

/** Decimal units, as disks are sold in. */
public enum SizeUnit {
    B(1), KB(1_000), MB(1_000_000), GB(1_000_000_000), TB(1_000_000_000_000L);

    private final long bytes;

    SizeUnit(long bytes) {
        this.bytes = bytes;
    }

    /** How many bytes one of it is. */
    public long bytes() {
        return bytes;
    }

    /** As it is written: {@code kB} has a small k. */
    public String symbol() {
        return this == KB ? "kB" : name(); //$NON-NLS-1$
    }

    /** The largest unit of which there is at least one in {@code size}. */
    public static SizeUnit fitting(long size) {
        SizeUnit fitting = B;
        for (SizeUnit unit : values()) {
            if (size >= unit.bytes) {
                fitting = unit;
            }
        }
        return fitting;
    }
}
