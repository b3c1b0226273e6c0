// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui;

/**
 * The identifiers of what this bundle contributes to a workbench: for perspectives, key bindings and menus of others,
 * and for handlers executed from code.
 */
public final class PeerwerkUi {
    /** Symbolic name of the bundle and qualifier of its preferences. */
    public static final String BUNDLE = "io.peerwerk.ui"; //$NON-NLS-1$
    /** The product and, by the same name, the application of the workbench of our own. */
    public static final String PRODUCT = "io.peerwerk.ui.workbench"; //$NON-NLS-1$

    public static final String PERSPECTIVE = "io.peerwerk.ui.perspective"; //$NON-NLS-1$
    public static final String NETWORK_VIEW = "io.peerwerk.ui.view.network"; //$NON-NLS-1$
    public static final String STORAGE_VIEW = "io.peerwerk.ui.view.storage"; //$NON-NLS-1$
    public static final String CONTRIBUTION_VIEW = "io.peerwerk.ui.view.contribution"; //$NON-NLS-1$
    public static final String CONNECTIVITY_VIEW = "io.peerwerk.ui.view.connectivity"; //$NON-NLS-1$
    public static final String ROUTING_VIEW = "io.peerwerk.ui.view.routing"; //$NON-NLS-1$
    public static final String TOPICS_VIEW = "io.peerwerk.ui.view.topics"; //$NON-NLS-1$
    public static final String GOSSIP_VIEW = "io.peerwerk.ui.view.gossip"; //$NON-NLS-1$
    public static final String SIMULATION_VIEW = "io.peerwerk.ui.view.simulation"; //$NON-NLS-1$
    public static final String PREFERENCES = "io.peerwerk.ui.preferences"; //$NON-NLS-1$
    public static final String REACHING_PREFERENCES = "io.peerwerk.ui.preferences.reaching"; //$NON-NLS-1$
    public static final String LIMITS_PREFERENCES = "io.peerwerk.ui.preferences.limits"; //$NON-NLS-1$
    public static final String ACCESS_PREFERENCES = "io.peerwerk.ui.preferences.access"; //$NON-NLS-1$

    /** Stores a file; {@link #PATH} names it, without it a dialog asks. */
    public static final String ADD_FILE = "io.peerwerk.ui.command.addFile"; //$NON-NLS-1$
    /** Stores a folder; {@link #PATH} names it, without it a dialog asks. */
    public static final String ADD_FOLDER = "io.peerwerk.ui.command.addFolder"; //$NON-NLS-1$
    /** Fetches what is selected in the Storage view; {@link #TARGET} says where to, without it a dialog asks. */
    public static final String FETCH = "io.peerwerk.ui.command.fetch"; //$NON-NLS-1$
    /** Fetches what {@link #LINK} names to {@link #TARGET}; without them a dialog asks. */
    public static final String FETCH_LINK = "io.peerwerk.ui.command.fetchLink"; //$NON-NLS-1$
    /** Stops the transfers that are selected in the Storage view. */
    public static final String CANCEL = "io.peerwerk.ui.command.cancel"; //$NON-NLS-1$
    /** Puts the secret link of what is selected in the Storage view on the clipboard. */
    public static final String COPY_LINK = "io.peerwerk.ui.command.copyLink"; //$NON-NLS-1$
    /** Asks the peers anew which shards they hold. */
    public static final String CHECK_HEALTH = "io.peerwerk.ui.command.checkHealth"; //$NON-NLS-1$
    /** Joins the network of a peer; {@link #ADDRESS} is its multiaddr, without it a dialog asks. */
    public static final String CONNECT = "io.peerwerk.ui.command.connect"; //$NON-NLS-1$
    /** Puts the address under which others reach this node on the clipboard. */
    public static final String COPY_ADDRESS = "io.peerwerk.ui.command.copyAddress"; //$NON-NLS-1$
    /** Puts the id of the selected peer on the clipboard. */
    public static final String COPY_PEER = "io.peerwerk.ui.command.copyPeer"; //$NON-NLS-1$
    /** Puts an address of the selected peer on the clipboard. */
    public static final String COPY_PEER_ADDRESS = "io.peerwerk.ui.command.copyPeerAddress"; //$NON-NLS-1$
    /** Looks for the peer of the id {@link #PEER} in the Routing view; without it, that view asks. */
    public static final String FIND_PEER = "io.peerwerk.ui.command.findPeer"; //$NON-NLS-1$
    /** Looks at the routing tables now. */
    public static final String REFRESH_ROUTING = "io.peerwerk.ui.command.refreshRouting"; //$NON-NLS-1$
    /** Subscribes to the topic {@link #TOPIC}; without it a dialog asks. */
    public static final String SUBSCRIBE = "io.peerwerk.ui.command.subscribe"; //$NON-NLS-1$
    /** Ends the subscription to the topic selected in the Topics view. */
    public static final String UNSUBSCRIBE = "io.peerwerk.ui.command.unsubscribe"; //$NON-NLS-1$
    /** Publishes {@link #TEXT} under {@link #TOPIC}; without them the Topics view asks. */
    public static final String PUBLISH = "io.peerwerk.ui.command.publish"; //$NON-NLS-1$
    /** Measures the round trip to the peer selected in the Gossip view. */
    public static final String PING = "io.peerwerk.ui.command.ping"; //$NON-NLS-1$
    /** Runs {@link #SCENARIO} in the Simulation view; without it, what is chosen there. */
    public static final String RUN_SIMULATION = "io.peerwerk.ui.command.runSimulation"; //$NON-NLS-1$
    /** Stops the simulation under way. */
    public static final String STOP_SIMULATION = "io.peerwerk.ui.command.stopSimulation"; //$NON-NLS-1$
    /** Writes what came of a simulation to {@link #PATH}, by its ending .png, .svg or .csv; without it a dialog asks. */
    public static final String EXPORT_SIMULATION = "io.peerwerk.ui.command.exportSimulation"; //$NON-NLS-1$
    /** Closes the connections with the selected peer. */
    public static final String DISCONNECT = "io.peerwerk.ui.command.disconnect"; //$NON-NLS-1$
    /** Keeps the selected peer out; can be undone. */
    public static final String BLOCK = "io.peerwerk.ui.command.block"; //$NON-NLS-1$
    /** Lets the selected peer in again; can be undone. */
    public static final String UNBLOCK = "io.peerwerk.ui.command.unblock"; //$NON-NLS-1$
    /** Offers {@link #SIZE} of the disk to others; without it the Contribution view opens. */
    public static final String OFFER = "io.peerwerk.ui.command.offer"; //$NON-NLS-1$
    public static final String START_NODE = "io.peerwerk.ui.command.startNode"; //$NON-NLS-1$
    public static final String STOP_NODE = "io.peerwerk.ui.command.stopNode"; //$NON-NLS-1$

    /** Parameter: path of a file or folder. */
    public static final String PATH = "path"; //$NON-NLS-1$
    /** Parameter: path to write to. */
    public static final String TARGET = "target"; //$NON-NLS-1$
    /** Parameter: a link as {@code peerwerk:…}. */
    public static final String LINK = "link"; //$NON-NLS-1$
    /** Parameter: a multiaddr. */
    public static final String ADDRESS = "address"; //$NON-NLS-1$
    /** Parameter: id of a peer. */
    public static final String PEER = "peer"; //$NON-NLS-1$
    /** Parameter: name of a topic. */
    public static final String TOPIC = "topic"; //$NON-NLS-1$
    /** Parameter: a line of text. */
    public static final String TEXT = "text"; //$NON-NLS-1$
    /** Parameter: name of a scenario that comes with the simulator, or of a file. */
    public static final String SCENARIO = "scenario"; //$NON-NLS-1$
    /** Parameter: a size such as {@code 10 GB}. */
    public static final String SIZE = "size"; //$NON-NLS-1$

    private PeerwerkUi() {
    }
}
