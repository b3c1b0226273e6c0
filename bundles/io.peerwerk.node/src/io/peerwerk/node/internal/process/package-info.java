// SPDX-License-Identifier: EPL-2.0
/**
 * Nodes in processes of their own, as the demonstration and the benchmark need them: started with the same program and
 * the same Java as this one, each on a private home, found through their control sockets. A child lives no longer than
 * its parent: it watches its standard input, which the kernel closes when the parent dies, however it dies.
 */
@NullMarked
package io.peerwerk.node.internal.process;

import org.jspecify.annotations.NullMarked;
