// SPDX-License-Identifier: EPL-2.0
/**
 * The workbench of Peerwerk: a perspective with the Network, Storage and Contribution views, their commands, the
 * preference page and the count of peers in the status line.
 *
 * <p>Every view is a part with a <em>presenter</em>. The presenter listens to the node, reads what it needs on a
 * background thread, at most ten times a second however much the network gossips, and hands an immutable model to the
 * part on the user interface's thread. Presenters know no SWT and are tested without it:
 *
 * <pre>
 *   Node, Membership, Storage ──events──▶ NodeWatch ──▶ presenter ──model──▶ view (SWT)
 *                                                         ▲                    │
 *                                                         └──── what the user does
 * </pre>
 *
 * <p>The parts are plain extensions of {@code org.eclipse.ui}, so that the bundle works the same in an Eclipse that was
 * there before it. {@link io.peerwerk.ui.internal.node.WorkbenchNode} holds the node that the workbench runs for its
 * user; modules may go and come back at any time and the views say so.
 *
 * <p>This package has nothing but the identifiers that others may refer to.
 */
@NullMarked
package io.peerwerk.ui;

import org.jspecify.annotations.NullMarked;
