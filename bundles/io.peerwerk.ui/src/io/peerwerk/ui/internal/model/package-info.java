// SPDX-License-Identifier: EPL-2.0
/**
 * Values and rules of the user interface without SWT: figures in words, sizes, the rhythm in which a view is redrawn.
 *
 * <p>Invariant: nothing here touches a widget; {@link io.peerwerk.ui.internal.model.UiThread} is the only way to one.
 */
@NullMarked
package io.peerwerk.ui.internal.model;

import org.jspecify.annotations.NullMarked;
