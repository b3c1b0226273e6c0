// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node;

import java.io.IOException;
import java.util.List;

import io.peerwerk.core.Registration;
import io.peerwerk.gossip.Membership;
import io.peerwerk.routing.Routing;
import io.peerwerk.storage.PrivateContent;
import io.peerwerk.storage.PublicContent;
import io.peerwerk.storage.Sharing;
import io.peerwerk.storage.Storage;
import io.peerwerk.transport.Host;

/**
 * The running node of this process: one place to ask for figures and for the modules that are there now.
 *
 * <p>An OSGi service while a node runs. All methods may be called from any thread and do not block on the network. Do
 * not keep what {@link #host()}, {@link #membership()} and {@link #storage()} return longer than one operation: the
 * module behind it may be updated at any time, and the next call returns its successor.
 */
public interface Node {
    /** Figures of this moment; parts of absent modules are missing, not guessed. */
    NodeStatus status();

    /** Every other peer known to the membership, with what its connection tells; empty while gossip is away. */
    List<PeerInfo> peers();

    /**
     * The transport module.
     *
     * @throws ModuleAbsentException while it is not loaded
     */
    Host host() throws ModuleAbsentException;

    /**
     * The gossip module's membership.
     *
     * @throws ModuleAbsentException while it is not loaded
     */
    Membership membership() throws ModuleAbsentException;

    /**
     * The storage module.
     *
     * @throws ModuleAbsentException while it is not loaded
     */
    Storage storage() throws ModuleAbsentException;

    /**
     * The routing module; a node does its other work without it.
     *
     * @throws IOException with a sentence for people, while it is not loaded
     */
    default Routing routing() throws IOException {
        throw new IOException("the routing module is not loaded");
    }

    /**
     * The part of the storage module that stores with other secrets and takes links back.
     *
     * @throws IOException with a sentence for people, while it is not loaded
     */
    default PrivateContent privateContent() throws IOException {
        throw new IOException("the storage of private content is not loaded");
    }

    /**
     * The part of the storage module that seals links to peers.
     *
     * @throws IOException with a sentence for people, while it is not loaded
     */
    default Sharing sharing() throws IOException {
        throw new IOException("the part of the storage that shares is not loaded");
    }

    /**
     * The part of the storage module that keeps what anybody may read; a node does its other work without it.
     *
     * @throws IOException with a sentence for people, while it is not loaded
     */
    default PublicContent publicContent() throws IOException {
        throw new IOException("the storage of public content is not loaded");
    }

    /** Tells the listener of every module that comes or goes from now on; it is called on the framework's thread. */
    Registration listen(NodeListener listener);

    /** What the network may cost this node, as set last. */
    NodeLimits limits();

    /**
     * Changes what the network may cost this node: at once, and for good, since it is kept in the home.
     *
     * @return what holds now
     * @throws IllegalArgumentException with a sentence for people, if the outcome makes no sense; nothing changes then
     * @throws IOException if it cannot be kept; nothing changes then
     */
    NodeLimits change(NodeLimits.Change wanted) throws IOException;

    /** What this node was started with. */
    NodeSettings settings();
}
