// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.cycle;

import java.util.stream.IntStream;

import io.peerwerk.simulator.spi.CycleProtocol;
import io.peerwerk.simulator.spi.CycleSteps;

/**
 * Runs the cycles of a protocol on several threads, with the same result as on one.
 *
 * <p>Peers lie in regions. First every peer ticks, region by region; its region then sorts the exchanges that come of
 * that by the region of the partner. Then the regions meet by the rounds of a {@link Tournament}: where two meet, the
 * exchanges between them happen one after the other, and nobody else touches a peer of the two. Which regions there are
 * and in what order they meet depends on the number of peers and the seed. Beside the state of the protocol a peer costs
 * eight bytes: its partner, and its place in the order of exchanges.
 */
public final class CycleEngine {

    /** Peers whose memory is asked for at a time, see {@link CycleSteps#touch}. */
    private static final int AHEAD = 16;

    /** Places of an array so far apart that two processors do not write to one cache line. */
    private static final int FAR = 32;

    /** Subjects of {@link Draws} that are no peers. */
    private static final long ORDER = -1;

    private final Population population;
    private final Obstacles obstacles;
    private final Workers workers;
    private final Regions regions;
    private final Tournament tournament;
    private final CycleSteps[] steps;
    private final Draws[] draws;
    private final int[] partners;
    /** Peers whose partner is up, for each region from its start on, by the region of the partner. */
    private final int[] order;
    /** Where in the order the exchanges of one region (row) with another (column) begin; a row is one longer. */
    private final int[] bounds;
    private final long[] exchanges;
    private final int[] touched;

    public CycleEngine(CycleProtocol protocol, Population population, Obstacles obstacles, Workers workers, long seed) {
        this.population = population;
        this.obstacles = obstacles;
        this.workers = workers;
        this.regions = new Regions(population.capacity());
        this.tournament = new Tournament(regions.count());
        this.steps = IntStream.range(0, workers.count()).mapToObj(i -> protocol.steps()).toArray(CycleSteps[]::new);
        this.draws = IntStream.range(0, workers.count()).mapToObj(i -> new Draws(seed)).toArray(Draws[]::new);
        this.partners = new int[population.capacity()];
        this.order = new int[population.capacity()];
        this.bounds = new int[regions.count() * (regions.count() + 1)];
        this.exchanges = new long[regions.count()];
        this.touched = new int[workers.count() * FAR];
    }

    /** One cycle; gives the number of exchanges that happened. */
    public long run(long cycle) {
        workers.share(regions.count(), (worker, region) -> tick(worker, region, cycle));
        int rounds = tournament.rounds();
        int firstRound = draws[0].at(cycle, ORDER).nextInt(rounds);
        for (int i = 0; i < rounds; i++) {
            int round = (firstRound + i) % rounds;
            workers.share(tournament.dates(round), (worker, date) -> meet(worker, round, date));
        }
        long sum = 0;
        for (long count : exchanges) {
            sum += count;
        }
        return sum;
    }

    private void tick(int worker, int region, long cycle) {
        int start = regions.start(region);
        int end = Math.min(regions.end(region), population.known());
        int row = region * (regions.count() + 1);
        int[] counts = new int[regions.count() + 1];
        for (int peer = start; peer < end; peer++) {
            int partner = population.isUp(peer) ? partner(worker, peer, cycle) : CycleSteps.NOBODY;
            partners[peer] = partner;
            if (partner != CycleSteps.NOBODY) {
                counts[regions.of(partner) + 1]++;
            }
        }
        counts[0] = start;
        for (int i = 0; i < regions.count(); i++) {
            counts[i + 1] += counts[i];
        }
        System.arraycopy(counts, 0, bounds, row, counts.length);
        exchanges[region] = counts[regions.count()] - start;
        for (int peer = start; peer < end; peer++) {
            if (partners[peer] != CycleSteps.NOBODY) {
                order[counts[regions.of(partners[peer])]++] = peer;
            }
        }
    }

    /** The partner of a peer that is up, if there is one and nothing is in the way. */
    private int partner(int worker, int peer, long cycle) {
        Draws random = draws[worker].at(cycle, peer);
        int partner = steps[worker].tick(peer, random);
        for (int i = 0; i < CycleSteps.ATTEMPTS && partner != CycleSteps.NOBODY; i++) {
            if (population.isUp(partner) && obstacles.pass(cycle, peer, partner, random)) {
                return partner;
            }
            partner = steps[worker].unanswered(peer, partner, random);
        }
        return CycleSteps.NOBODY;
    }

    private void meet(int worker, int round, int date) {
        int first = tournament.first(round, date);
        int second = tournament.second(round, date);
        if (Math.max(first, second) < regions.count()) {
            exchange(worker, first, second);
            if (first != second) {
                exchange(worker, second, first);
            }
        }
    }

    /** The exchanges that peers of one region have begun with peers of another. */
    private void exchange(int worker, int asking, int asked) {
        CycleSteps mine = steps[worker];
        int at = asking * (regions.count() + 1) + asked;
        int end = bounds[at + 1];
        for (int i = bounds[at]; i < end; i += AHEAD) {
            int stop = Math.min(end, i + AHEAD);
            int sum = 0;
            for (int k = i; k < stop; k++) {
                sum += mine.touch(order[k]) + mine.touch(partners[order[k]]);
            }
            touched[worker * FAR] = sum;
            for (int k = i; k < stop; k++) {
                mine.exchange(order[k], partners[order[k]]);
            }
        }
    }
}
