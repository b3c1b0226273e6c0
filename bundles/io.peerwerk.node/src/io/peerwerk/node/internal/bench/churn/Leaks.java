// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.churn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Whether the use of something grows with the number of the dead. A straight line is laid through what was used at each
 * number of deaths (least squares); its slope is what each death has left behind. With a slope that chance explains (two
 * standard errors) or that is less than what is allowed there is no leak.
 */
final class Leaks {

    /** Standard errors that are put down to chance. */
    private static final double CHANCE = 2;

    private final List<Sample> samples = new ArrayList<>();

    /** What was used when so many had died. */
    record Sample(int deaths, Usage usage) {
    }

    /** Of what, and how much of it a death may leave behind: less than the smallest thing that a peer has. */
    enum Resource {
        HEAP("heap after a collection", "heap", 64 << 10, 8 << 20, Usage::heap),
        THREADS("threads", "threads", 0.1, 8, Usage::threads),
        VIRTUAL_THREADS("virtual threads", "virtualThreads", 0.1, 64, Usage::virtual),
        DESCRIPTORS("file descriptors", "descriptors", 0.1, 8, Usage::descriptors),
        DIRECT("direct memory", "direct", 64 << 10, 8 << 20, Usage::direct);

        private final String words;
        private final String json;
        private final double allowed;
        private final double atOnce;
        private final ToDoubleFunction<Usage> of;

        Resource(String words, String json, double allowed, double atOnce, ToDoubleFunction<Usage> of) {
            this.words = words;
            this.json = json;
            this.allowed = allowed;
            this.atOnce = atOnce;
            this.of = of;
        }

        String words() {
            return words;
        }

        String json() {
            return json;
        }

        boolean isBytes() {
            return this == HEAP || this == DIRECT;
        }

        /** Whether it is more than pools and stores that fill once. */
        boolean isMuch(double amount) {
            return amount > atOnce;
        }

        /** Whether more is used when all are gone than before the first, beside what is loaded and pooled once. */
        boolean isLeft(Usage before, Usage after, int deaths) {
            return of(after) - of(before) > atOnce + allowed * deaths;
        }

        double of(Usage usage) {
            return of.applyAsDouble(usage);
        }
    }

    /**
     * The line through one resource.
     *
     * @param perDeath its slope
     * @param error    the standard error of that
     */
    record Slope(double perDeath, double error) {

        boolean isLeak(Resource resource) {
            return perDeath - CHANCE * error > resource.allowed;
        }
    }

    /** Whether so many dead have left anything behind. */
    static boolean isLeft(Usage before, Usage after, int deaths) {
        return Stream.of(Resource.values()).anyMatch(resource -> resource.isLeft(before, after, deaths));
    }

    void add(Sample sample) {
        samples.add(sample);
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** The line; flat with fewer than three samples or when nobody died between them. */
    Slope slope(Resource resource) {
        double n = samples.size();
        double meanX = samples.stream().mapToDouble(Sample::deaths).average().orElse(0);
        double meanY = samples.stream().mapToDouble(s -> resource.of(s.usage())).average().orElse(0);
        double xx = 0;
        double xy = 0;
        for (Sample sample : samples) {
            xx += (sample.deaths() - meanX) * (sample.deaths() - meanX);
            xy += (sample.deaths() - meanX) * (resource.of(sample.usage()) - meanY);
        }
        if (n < 3 || xx == 0) {
            return new Slope(0, 0);
        }
        double slope = xy / xx;
        double rest = 0;
        for (Sample sample : samples) {
            double off = resource.of(sample.usage()) - meanY - slope * (sample.deaths() - meanX);
            rest += off * off;
        }
        return new Slope(slope, Math.sqrt(rest / (n - 2) / xx));
    }
}
