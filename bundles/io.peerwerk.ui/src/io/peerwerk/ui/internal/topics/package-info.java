// SPDX-License-Identifier: EPL-2.0
/**
 * The Topics view: what this workbench is subscribed to, who passes it on, what was said, and a line to say something.
 *
 * <p>What strangers say is bounded where it comes in ({@code MessageText}) and kept in a bounded log ({@code Topics}).
 */
@NullMarked
package io.peerwerk.ui.internal.topics;

import org.jspecify.annotations.NullMarked;
