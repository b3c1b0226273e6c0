// SPDX-License-Identifier: EPL-2.0
/**
 * The node that the workbench runs for its user, its settings, and what to say while it or one of its modules is away.
 */
@NullMarked
package io.peerwerk.ui.internal.node;

import org.jspecify.annotations.NullMarked;
