// SPDX-License-Identifier: EPL-2.0
/** What the two modes of time have in common for those who drive them. */
@NullMarked
package io.peerwerk.simulator.internal;

import org.jspecify.annotations.NullMarked;
