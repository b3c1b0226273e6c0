// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import io.peerwerk.simulator.RepairedGroups;
import io.peerwerk.simulator.internal.cycle.Draws;

/**
 * Some groups of shard holders on one queue of events. The queue's time is not milliseconds here but ticks, so short that
 * rounding to them cannot be seen in the result.
 */
public final class GroupRun {

    /** What happened. */
    public record Counts(int groups, int lost, long departures, long repairs) {
    }

    /** A typical repair has so many ticks, as long as the whole time has not too many. */
    private static final double TICKS_OF_A_REPAIR = 500;
    private static final double MOST_TICKS = 1e8;

    private final RepairedGroups setting;
    private final EventQueue queue = new EventQueue();
    private final RandomGenerator random;
    private double tick = 1;
    private int lost;
    private long departures;
    private long repairs;

    /** @param place of this run among others of the same seed */
    public GroupRun(RepairedGroups setting, long seed, long place) {
        this.setting = setting;
        this.random = new Draws(seed).at(0, place);
    }

    /** Lets so many new groups live for so many seconds; called once. */
    public Counts run(int groups, double seconds) {
        double typical = setting.repair().sample(new Draws(0).at(0, 0));
        tick = Math.max(seconds / MOST_TICKS, Math.min(typical / TICKS_OF_A_REPAIR, seconds / 1e4));
        for (int i = 0; i < groups; i++) {
            new Group().begin();
        }
        queue.runUntil(Math.round(seconds / tick));
        return new Counts(groups, lost, departures, repairs);
    }

    private long ticks(double seconds) {
        return Math.max(1, Math.round(seconds / tick));
    }

    /** A group, which is the event of its own repair's end. */
    private final class Group extends EventQueue.Event {
        private final List<Holder> gone = new ArrayList<>();
        private int shards = setting.total();
        private boolean inRepair;
        private boolean isLost;

        void begin() {
            int each = setting.total() / setting.holders();
            int more = setting.total() % setting.holders();
            for (int i = 0; i < setting.holders(); i++) {
                new Holder(this, each + (i < more ? 1 : 0)).begin();
            }
        }

        void left(Holder holder) {
            if (isLost) {
                return;
            }
            departures++;
            gone.add(holder);
            shards -= holder.shards;
            if (shards < setting.needed()) {
                isLost = true;
                lost++;
            } else if (shards < setting.threshold() && !inRepair) {
                inRepair = true;
                queue.after(ticks(setting.repair().sample(random)), this);
            }
        }

        @Override
        void happen() {
            if (!isLost) {
                inRepair = false;
                repairs++;
                shards = setting.total();
                gone.forEach(Holder::begin);
                gone.clear();
            }
        }
    }

    /** A place for shards of a group, which is the event of its present peer's departure. */
    private final class Holder extends EventQueue.Event {
        private final Group group;
        private final int shards;

        Holder(Group group, int shards) {
            this.group = group;
            this.shards = shards;
        }

        /** A peer takes it. */
        void begin() {
            queue.after(ticks(setting.lifetime().sample(random)), this);
        }

        @Override
        void happen() {
            group.left(this);
        }
    }
}
