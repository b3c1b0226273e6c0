// SPDX-License-Identifier: EPL-2.0
/**
 * Runs simulations for the command line. These classes need the bundle {@code io.peerwerk.simulator}, which may be
 * absent: nothing outside of this package names a type of it.
 */
@NullMarked
package io.peerwerk.node.internal.sim;

import org.jspecify.annotations.NullMarked;
