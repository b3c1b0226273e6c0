// SPDX-License-Identifier: EPL-2.0
/**
 * What every part of the workbench shares: its words, its icons and the base of its views.
 */
@NullMarked
package io.peerwerk.ui.internal;

import org.jspecify.annotations.NullMarked;
