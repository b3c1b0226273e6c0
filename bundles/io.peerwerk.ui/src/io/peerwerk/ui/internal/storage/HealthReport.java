// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.storage;

import org.eclipse.osgi.util.NLS;

import io.peerwerk.storage.Health;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;

/** How well a stored item is, as far as it is known. */
public sealed interface HealthReport {
    /** What to make of it at a glance. */
    enum Grade {
        /** Not asked yet. */
        UNKNOWN,
        /** Every shard can be reached. */
        WHOLE,
        /** Enough shards to lose many peers more. */
        GOOD,
        /** It can be read, but is below what repair wants. */
        WEAK,
        /** It cannot be read now. */
        UNREADABLE
    }

    /** Not asked yet. */
    record Pending() implements HealthReport {
    }

    /** The answer of the peers. */
    record Known(Health health) implements HealthReport {
    }

    /** Nobody could be asked, or nobody knew. */
    record Failed(String reason) implements HealthReport {
    }

    default Grade grade() {
        return switch (this) {
            case Pending pending -> Grade.UNKNOWN;
            case Failed failed -> Grade.UNREADABLE;
            case Known known -> grade(known.health());
        };
    }

    private static Grade grade(Health health) {
        if (!health.readable()) {
            return Grade.UNREADABLE;
        }
        if (health.complete()) {
            return Grade.WHOLE;
        }
        return health.weakest() * 2 >= health.dataShards() + health.totalShards() ? Grade.GOOD : Grade.WEAK;
    }

    /** The share of the shards of the weakest chunk that can be reached, 0 to 1. */
    default double share() {
        return this instanceof Known known && known.health().totalShards() > 0
                ? (double) known.health().weakest() / known.health().totalShards()
                : 0;
    }

    /** The share of the shards that is enough to read, 0 to 1. */
    default double needed() {
        return this instanceof Known known && known.health().totalShards() > 0
                ? (double) known.health().dataShards() / known.health().totalShards()
                : 0;
    }

    /** {@code 30 of 30}, for a table. */
    default String brief() {
        return switch (this) {
            case Pending pending -> Messages.Health_pending;
            case Failed failed -> Messages.Health_unreachable;
            case Known known -> NLS.bind(Messages.Health_brief, Figures.count(known.health().weakest()),
                    Figures.count(known.health().totalShards()));
        };
    }

    /** A sentence or two for people. */
    default String sentence() {
        return switch (this) {
            case Pending pending -> Messages.Health_pendingText;
            case Failed failed -> failed.reason();
            case Known known -> sentence(known.health(), grade());
        };
    }

    private static String sentence(Health health, Grade grade) {
        Object[] figures = {health.weakest(), health.totalShards(), health.dataShards(), health.shardsByHolder().size()};
        String said = NLS.bind(switch (grade) {
            case WHOLE -> Messages.Health_wholeText;
            case GOOD -> Messages.Health_goodText;
            case WEAK -> Messages.Health_weakText;
            default -> Messages.Health_unreadableText;
        }, figures);
        return health.warning().map(warning -> said + "\n" + warning).orElse(said); //$NON-NLS-1$
    }
}
