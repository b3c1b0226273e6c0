// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.sampling;

/** The framework as published, nearly as much a swapper as can be: no remedy against hubs. */
class SwapperSamplingTest extends FrameworkSamplingContract {

    @Override
    SamplingOptions options() {
        return SamplingOptions.plain(1, 9, PERIOD);
    }

    @Override
    double shareOfHubs() {
        return 1;
    }

    /** Who swaps and hardly drops the old forgets slowly (section 6 of the paper). */
    @Override
    double shareOfTheDead() {
        return 0.5;
    }
}
