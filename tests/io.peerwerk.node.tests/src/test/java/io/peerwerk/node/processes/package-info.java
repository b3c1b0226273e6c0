// SPDX-License-Identifier: EPL-2.0
/**
 * What the user would start is started for real: nodes in processes of their own, from the product that the build has
 * made, driven through the same script and sockets. These tests carry the tag {@code processes}; without them
 * ({@code -DexcludedGroups=processes}) the module takes seconds.
 */
package io.peerwerk.node.processes;
