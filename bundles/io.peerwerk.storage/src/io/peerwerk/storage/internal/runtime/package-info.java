// SPDX-License-Identifier: EPL-2.0
/**
 * The running storage: one {@link io.peerwerk.storage.internal.runtime.StorageService} a node puts the parts together,
 * keeps the user's catalogue and offer on disk, and can be had as a component or by its constructor.
 *
 * <pre>
 *   directory/blocks/      the block store
 *            /catalogue    what was stored from here, with the secret links; readable by the owner only
 *            /convergence  the user's convergence secret, 32 bytes; readable by the owner only
 *            /offer        bytes offered
 *            /lifetimes    how long peers stay, as measured
 * </pre>
 * Small files are replaced as a whole: written beside, fsynced, renamed. A crash leaves the old or the new one.
 */
@NullMarked
package io.peerwerk.storage.internal.runtime;

import org.jspecify.annotations.NullMarked;
