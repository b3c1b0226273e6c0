// SPDX-License-Identifier: EPL-2.0
/**
 * The preference page: home directory, addresses, bootstrap peers, and when the node starts.
 */
@NullMarked
package io.peerwerk.ui.internal.preferences;

import org.jspecify.annotations.NullMarked;
