// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.churn;

import java.io.IOException;
import java.time.Duration;

/** The time during which things are looked up, and what is used is looked at. */
final class Watch {

    private static final long SECOND = 1_000_000_000;

    private final ChurnPlan plan;
    private final Population population;
    private final Lookups lookups;
    private final Observer observer;
    private final long start = System.nanoTime();

    /** Hears what is used, now and then. */
    @FunctionalInterface
    interface Observer {
        /** @param settled whether there have been deaths for so long that the figures count */
        void sample(Leaks.Sample sample, boolean settled);
    }

    Watch(ChurnPlan plan, Population population, Lookups lookups, Observer observer) {
        this.plan = plan;
        this.population = population;
        this.lookups = lookups;
        this.observer = observer;
    }

    void run() throws IOException, InterruptedException {
        Thread asking = Thread.ofVirtual().name("churn-lookups").start(this::ask);
        try {
            long next = start;
            while (elapsed().compareTo(plan.time()) < 0) {
                next += plan.sampling().toNanos();
                Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
                observer.sample(new Leaks.Sample(population.deaths(), Usage.now()),
                        elapsed().compareTo(plan.settling()) > 0);
                if (population.problem().isPresent()) {
                    throw new IOException("a node did not come up", population.problem().get());
                }
            }
        } finally {
            asking.interrupt();
        }
        asking.join();
        lookups.await();
    }

    private void ask() {
        try {
            for (long number = 1; !Thread.currentThread().isInterrupted(); number++) {
                long due = start + (long) (number / plan.rate() * SECOND);
                Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                lookups.begin();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the time is up
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
