// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.churn;

import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

import io.peerwerk.node.internal.text.Output;

/** Lets peers come and go, looks things up meanwhile, and says whether all was found and nothing left behind. */
public final class ChurnBenchmark {

    /** Peers that come and go before anything counts, so that all classes are loaded and all pools there. */
    private static final int WARM_UP = 3;
    private static final Duration WARM_UP_LIFE = Duration.ofSeconds(3);
    /** What the last peers have begun ends by itself within this time: a lookup may take a minute and a half. */
    private static final Duration FADING = Duration.ofSeconds(120);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ChurnPeer.Source source;
    private final Output output;

    public ChurnBenchmark(ChurnPeer.Source source, Output output) {
        this.source = source;
        this.output = output;
    }

    /** Runs it and prints what came out; says whether that is as it should be. */
    public boolean run(ChurnPlan plan) throws IOException, InterruptedException {
        var report = new ChurnReport(plan, output);
        report.begin();
        ChurnReport.Outcome outcome = run(plan, report);
        report.end(outcome);
        return outcome.holds();
    }

    private ChurnReport.Outcome run(ChurnPlan plan, ChurnReport report)
            throws IOException, InterruptedException {
        warmUp(plan);
        Usage before = Usage.now();
        var random = new SplittableRandom(plan.seed());
        var score = new Score();
        var leaks = new Leaks();
        var keys = new LiveKeys();
        var population = new Population(plan, source, keys, score);
        try (population) {
            population.start();
            var lookups = new Lookups(population, keys, score, random.split());
            new Watch(plan, population, lookups, (sample, settled) -> {
                report.sample(sample, keys.size(), score.figures());
                if (settled) {
                    leaks.add(sample);
                }
            }).run();
        }
        return new ChurnReport.Outcome(score.figures(), population.deaths(), population.abrupt(), leaks, before,
                faded(before, population.deaths()));
    }

    private void warmUp(ChurnPlan plan) throws IOException, InterruptedException {
        output.transientLine(output.dim("warming up …"));
        var small = new ChurnPlan(Math.min(WARM_UP, plan.nodes()), plan.life(), WARM_UP_LIFE, plan.rate(), plan.seed());
        var score = new Score();
        var keys = new LiveKeys();
        try (var population = new Population(small, source, keys, score)) {
            population.start();
            Thread.sleep(WARM_UP_LIFE);
        }
        Thread.sleep(PAUSE);
    }

    /** What is used when nothing is under way any more, or the time for that is over. */
    private static Usage faded(Usage before, int deaths) throws IOException, InterruptedException {
        long end = System.nanoTime() + FADING.toNanos();
        Usage now;
        do {
            Thread.sleep(PAUSE);
            now = Usage.now();
        } while (System.nanoTime() - end < 0 && Leaks.isLeft(before, now, deaths));
        return now;
    }
}
