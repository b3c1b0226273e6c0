// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node;

/** Hears of modules that come and go. Called in order, possibly on different threads; return quickly. */
@FunctionalInterface
public interface NodeListener {
    /**
     * A module came or went.
     *
     * @param present true when {@code module} can be used from now on, false when it is away
     */
    void moduleChanged(NodeModule module, boolean present);
}
