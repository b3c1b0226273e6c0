// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator;

import java.util.random.RandomGenerator;

/**
 * How a time varies: how long messages take, how long peers stay. Computed so that each machine gets the same values.
 */
public sealed interface Distribution {

    /** One value, never negative. */
    double sample(RandomGenerator random);

    /** Always the same. */
    record Constant(double value) implements Distribution {
        @Override
        public double sample(RandomGenerator random) {
            return value;
        }
    }

    /** Anything between the two, each as likely. */
    record Uniform(double least, double most) implements Distribution {
        @Override
        public double sample(RandomGenerator random) {
            return least + (most - least) * random.nextDouble();
        }
    }

    /** Without memory: what is left does not depend on what has passed. */
    record Exponential(double mean) implements Distribution {
        @Override
        public double sample(RandomGenerator random) {
            return -mean * StrictMath.log(1 - random.nextDouble());
        }
    }

    /**
     * Several exponential stages, one after the other: the more, the less it varies.
     *
     * @param mean of all stages together
     * @param stages the deviation is the mean divided by the root of their number
     */
    record Erlang(double mean, int stages) implements Distribution {
        @Override
        public double sample(RandomGenerator random) {
            double sum = 0;
            for (int i = 0; i < stages; i++) {
                sum -= StrictMath.log(1 - random.nextDouble());
            }
            return sum * mean / stages;
        }
    }

    /**
     * Round trips of the Internet look like this.
     *
     * @param median half of the values are below it
     * @param sigma deviation of the logarithm: at 0.5, one in twenty is 2.3 times the median or more
     */
    record LogNormal(double median, double sigma) implements Distribution {
        @Override
        public double sample(RandomGenerator random) {
            return median * StrictMath.exp(sigma * normal(random));
        }

        /** Box and Muller's, of which one half is thrown away. */
        private static double normal(RandomGenerator random) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
            return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
        }
    }

    /**
     * Most are short, a few are very long. Sessions of file sharers were measured like this.
     *
     * @param least nothing is below it
     * @param shape above 1; the lower, the heavier the tail. The mean is least * shape / (shape - 1)
     */
    record Pareto(double least, double shape) implements Distribution {
        @Override
        public double sample(RandomGenerator random) {
            return least * StrictMath.pow(1 - random.nextDouble(), -1 / shape);
        }
    }

    /**
     * Between the two: Stutzbach and Rejaie, <em>Understanding Churn in Peer-to-Peer Networks</em>, IMC 2006, found
     * shapes of 0.3 to 0.6.
     *
     * @param scale 63% of the values are below it
     * @param shape at 1 it is exponential; below, who has stayed long will stay longer
     */
    record Weibull(double scale, double shape) implements Distribution {
        @Override
        public double sample(RandomGenerator random) {
            return scale * StrictMath.pow(-StrictMath.log(1 - random.nextDouble()), 1 / shape);
        }
    }

    /** One of the values that were measured, each as likely. */
    final class Trace implements Distribution {
        private final double[] values;

        public Trace(double[] values) {
            if (values.length == 0) {
                throw new IllegalArgumentException("a trace without values");
            }
            this.values = values.clone();
        }

        @Override
        public double sample(RandomGenerator random) {
            return values[random.nextInt(values.length)];
        }
    }
}
