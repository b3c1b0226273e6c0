// SPDX-License-Identifier: EPL-2.0
/**
 * The preference pages. Some settings hold from the start of the node on, which is restarted when they change: where its
 * home is, where it listens, how it is reached. What the network may cost the node itself keeps and obeys at once.
 */
@NullMarked
package io.peerwerk.ui.internal.preferences;

import org.jspecify.annotations.NullMarked;
