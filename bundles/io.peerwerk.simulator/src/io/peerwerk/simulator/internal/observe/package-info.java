// SPDX-License-Identifier: EPL-2.0
/**
 * What is measured of an overlay: the graph of who has whom for a neighbour, without the peers that are gone. Degrees,
 * components and dead links are counted; clustering and path lengths, which would take long, are taken from a sample
 * that the seed draws. Links count in both directions for all but degrees, as in the literature.
 */
@NullMarked
package io.peerwerk.simulator.internal.observe;

import org.jspecify.annotations.NullMarked;
