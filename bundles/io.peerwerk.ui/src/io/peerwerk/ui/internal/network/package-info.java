// SPDX-License-Identifier: EPL-2.0
/**
 * The Network view: this peer in the middle, its neighbours around it, the round trip as the distance.
 *
 * <p>{@link io.peerwerk.ui.internal.network.NetworkPresenter} makes the model,
 * {@link io.peerwerk.ui.internal.network.NetworkScene} moves it (a pure function of time), the canvas paints it, and a
 * sortable table tells the same in words.
 */
@NullMarked
package io.peerwerk.ui.internal.network;

import org.jspecify.annotations.NullMarked;
