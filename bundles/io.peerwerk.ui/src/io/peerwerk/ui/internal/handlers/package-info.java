// SPDX-License-Identifier: EPL-2.0
/**
 * The commands of the views as small handlers. Each takes its input from parameters where they are given and asks with
 * a dialog where they are not, so that a key binding, a macro or a test can run it without a person.
 */
@NullMarked
package io.peerwerk.ui.internal.handlers;

import org.jspecify.annotations.NullMarked;
