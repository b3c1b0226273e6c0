// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.sampling;

/** The framework as a node runs it. */
class GuardedSamplingTest extends FrameworkSamplingContract {

    @Override
    SamplingOptions options() {
        return SamplingOptions.guarded(PERIOD);
    }

    @Override
    double shareOfHubs() {
        return 0.45;
    }
}
