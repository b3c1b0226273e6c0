// SPDX-License-Identifier: EPL-2.0
/**
 * The Gossip view: what this peer believes of every other one and how fresh that is, and what all peers find out together,
 * as it converges.
 */
@NullMarked
package io.peerwerk.ui.internal.gossip;

import org.jspecify.annotations.NullMarked;
