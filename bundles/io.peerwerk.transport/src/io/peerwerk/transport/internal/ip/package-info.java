// SPDX-License-Identifier: EPL-2.0
/** Ranges of IP addresses. What users write down and what is counted at the gate both use them; they need neither. */
@NullMarked
package io.peerwerk.transport.internal.ip;

import org.jspecify.annotations.NullMarked;
