// SPDX-License-Identifier: EPL-2.0
/**
 * The Connectivity view: whether others reach this node and over what it talks with them. A {@link
 * io.peerwerk.ui.internal.connectivity.Standing} sums up in a sentence what {@link
 * io.peerwerk.ui.internal.connectivity.ConnectivityFacts} lists; both are made from a model without a widget.
 */
@NullMarked
package io.peerwerk.ui.internal.connectivity;

import org.jspecify.annotations.NullMarked;
