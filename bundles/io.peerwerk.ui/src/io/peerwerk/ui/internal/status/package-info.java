// SPDX-License-Identifier: EPL-2.0
/**
 * The count of peers in the status line.
 */
@NullMarked
package io.peerwerk.ui.internal.status;

import org.jspecify.annotations.NullMarked;
