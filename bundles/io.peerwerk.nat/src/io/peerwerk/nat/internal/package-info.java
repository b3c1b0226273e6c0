// SPDX-License-Identifier: EPL-2.0
/**
 * Being reached behind address translators: relays, hole punching, port mappings, and the checks that tell what is needed.
 */
@NullMarked
package io.peerwerk.nat.internal;

import org.jspecify.annotations.NullMarked;
