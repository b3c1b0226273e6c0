// SPDX-License-Identifier: EPL-2.0
/**
 * The Storage view: what this user stored and how healthy it is, and the transfers that bring it there and back.
 *
 * <p>From command to work: a small handler in {@code handlers} makes a
 * {@link io.peerwerk.ui.internal.storage.Transfer}, a {@link io.peerwerk.ui.internal.storage.TransferJob} runs it with
 * progress and cancellation, and {@link io.peerwerk.ui.internal.storage.Transfers} shows it in the view.
 */
@NullMarked
package io.peerwerk.ui.internal.storage;

import org.jspecify.annotations.NullMarked;
