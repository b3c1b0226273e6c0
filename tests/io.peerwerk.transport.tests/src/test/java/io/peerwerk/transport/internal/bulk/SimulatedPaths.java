// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.bulk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Paths of given speeds between two peers that always have something to move, on a clock of their own. */
final class SimulatedPaths {

    static final String QUIC = "QUIC";
    static final String TCP = "TCP";

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(1);

    private static final class Transfer {

        private final String path;
        private final long starts;
        private double left;

        private Transfer(String path, long starts, double left) {
            this.path = path;
            this.starts = starts;
            this.left = left;
        }
    }

    final List<String> there = new ArrayList<>(List.of(QUIC));
    final Map<String, Double> speeds = new HashMap<>();
    final Map<String, Double> moved = new HashMap<>();
    final BulkRoute<String> route;
    /** Bytes a second of what all paths have in common. */
    double bottleneck = Double.MAX_VALUE;
    boolean tcpCanBeDialled = true;
    int dials;
    long now = 1L << 62;
    private final List<Transfer> transfers = new ArrayList<>();
    private final int atOnce;
    private final double size;
    private final long roundTrip;

    SimulatedPaths(int atOnce, double size, long roundTripMillis) {
        this.atOnce = atOnce;
        this.size = size;
        this.roundTrip = TimeUnit.MILLISECONDS.toNanos(roundTripMillis);
        this.route = new BulkRoute<>(now);
    }

    SimulatedPaths speed(String path, double mebibytes) {
        speeds.put(path, mebibytes * (1 << 20));
        return this;
    }

    /** What one more stream would go over. */
    String next() {
        return route.choose(there, now);
    }

    void lose(String path) {
        there.remove(path);
        transfers.removeIf(transfer -> transfer.path.equals(path));
        route.gone(path, now);
    }

    double movedBy(String path) {
        return moved.getOrDefault(path, 0.0);
    }

    /** The part of the next so many MiB that goes over a path. */
    double share(String path, double mebibytes) {
        moved.clear();
        run(() -> movedBy(QUIC) + movedBy(TCP) < mebibytes * (1 << 20));
        return movedBy(path) / (movedBy(QUIC) + movedBy(TCP));
    }

    void run(long millis) {
        long end = now + TimeUnit.MILLISECONDS.toNanos(millis);
        run(() -> now < end);
    }

    private void run(BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            while (transfers.size() < atOnce) {
                begin();
            }
            now += STEP;
            double seconds = (double) STEP / TimeUnit.SECONDS.toNanos(1);
            double all = Math.max(1, transfers.stream().filter(t -> t.starts < now).count());
            for (Transfer transfer : List.copyOf(transfers)) {
                if (transfer.starts < now) {
                    long sharers = transfers.stream().filter(t -> t.path.equals(transfer.path)).count();
                    move(transfer, Math.min(speeds.get(transfer.path) / sharers, bottleneck / all) * seconds);
                }
            }
        }
    }

    private void begin() {
        String path = next();
        if (!there.contains(TCP) && route.wantsAnother(now)) {
            dials++;
            if (tcpCanBeDialled) {
                there.add(TCP);
                route.dialled();
            } else {
                route.failed(now);
            }
        }
        route.opened(path, now);
        transfers.add(new Transfer(path, now + roundTrip, size));
    }

    private void move(Transfer transfer, double bytes) {
        int count = (int) Math.min(bytes, transfer.left);
        if (count > 0) {
            route.moved(transfer.path, count, true, now);
            moved.merge(transfer.path, (double) count, Double::sum);
        }
        transfer.left -= bytes;
        if (transfer.left <= 0) {
            route.closed(transfer.path, now);
            transfers.remove(transfer);
        }
    }
}
