// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat;

import java.util.function.Consumer;

import io.peerwerk.core.Registration;

/** Tells how this peer is reached. A service that is there while a node runs; all methods may be called on any thread. */
public interface ReachabilityMonitor {

    /** What is known now. Never blocks. */
    Reachability status();

    /** Hears of each change from now on, on a thread of the monitor's own; a listener must not block for long. */
    Registration listen(Consumer<Reachability> listener);
}
