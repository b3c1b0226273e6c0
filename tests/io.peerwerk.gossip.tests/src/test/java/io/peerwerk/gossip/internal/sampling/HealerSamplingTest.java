// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.sampling;

/** The framework as published, as much a healer as can be: no remedy against hubs. */
class HealerSamplingTest extends FrameworkSamplingContract {

    @Override
    SamplingOptions options() {
        return SamplingOptions.plain(10, 0, PERIOD);
    }

    /** The price of healing: fresh entries are copied, not swapped. */
    @Override
    double unevenness() {
        return 5;
    }

    @Override
    double shareOfHubs() {
        return 1;
    }
}
