// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import java.io.IOException;
import java.time.Duration;

import io.peerwerk.node.ModuleAbsentException;
import io.peerwerk.node.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes down now and then where the other peers are, and once more at the end. */
final class PeerMemory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerMemory.class);
    /** While peers are still coming, since a node that is killed early should find back too; then ever less often. */
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Node node;
    private final RememberedPeers peers;
    private final Thread thread;

    private PeerMemory(Node node, RememberedPeers peers) {
        this.node = node;
        this.peers = peers;
        this.thread = Thread.ofVirtual().name("memory of peers").unstarted(this::run);
    }

    static PeerMemory start(Node node, RememberedPeers peers) {
        var memory = new PeerMemory(node, peers);
        memory.thread.start();
        return memory;
    }

    private void run() {
        try {
            Duration pause = FIRST;
            while (true) {
                Thread.sleep(pause);
                pause = save() ? longer(pause) : FIRST;
            }
        } catch (InterruptedException e) {
            save();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }

    /** Whether what is noted down was right already. */
    private boolean save() {
        try {
            return peers.save(node.membership().reachable());
        } catch (ModuleAbsentException e) {
            LOG.debug("no peers to note down: {}", e.getMessage());
        } catch (IOException e) {
            LOG.warn("the addresses of peers cannot be noted down: {}", e.getMessage());
        }
        return true;
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
