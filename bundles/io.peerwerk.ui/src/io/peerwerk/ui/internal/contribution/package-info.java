// SPDX-License-Identifier: EPL-2.0
/**
 * The Contribution view: how much of this disk is offered to others, how much of that they use, and a way to change it
 * that is obeyed at once.
 */
@NullMarked
package io.peerwerk.ui.internal.contribution;

import org.jspecify.annotations.NullMarked;
