// SPDX-License-Identifier: EPL-2.0
/**
 * Widgets and colours that the views share.
 */
@NullMarked
package io.peerwerk.ui.internal.widgets;

import org.jspecify.annotations.NullMarked;
