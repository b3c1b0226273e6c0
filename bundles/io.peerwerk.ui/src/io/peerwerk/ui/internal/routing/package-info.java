// SPDX-License-Identifier: EPL-2.0
/**
 * The Routing view: the peers that this node knows for the distributed hash table, bucket by bucket, and the search for
 * one of them.
 */
@NullMarked
package io.peerwerk.ui.internal.routing;

import org.jspecify.annotations.NullMarked;
