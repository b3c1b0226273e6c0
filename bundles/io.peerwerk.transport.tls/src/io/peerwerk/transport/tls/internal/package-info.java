// SPDX-License-Identifier: EPL-2.0
/**
 * How certificates of peers are read, and the secure channel. Every certificate comes from a stranger: its length is
 * bounded before it is parsed, nesting is bounded by the parser, keys are bounded before there is mathematics with
 * them, and one that is not exactly as it must be costs the stranger its link.
 */
@NullMarked
package io.peerwerk.transport.tls.internal;

import org.jspecify.annotations.NullMarked;
