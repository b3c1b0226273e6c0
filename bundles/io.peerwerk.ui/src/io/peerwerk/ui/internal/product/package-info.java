// SPDX-License-Identifier: EPL-2.0
/**
 * The workbench as a program of its own. An existing Eclipse needs none of this.
 */
@NullMarked
package io.peerwerk.ui.internal.product;

import org.jspecify.annotations.NullMarked;
