// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import io.peerwerk.gossip.MemberState;
import io.peerwerk.node.NodeModule;
import io.peerwerk.ui.internal.fakes.FakeNode;
import io.peerwerk.ui.internal.fakes.FakeSource;
import io.peerwerk.ui.internal.fakes.FakeStorage;

class NodeWatchTest {
    private final FakeNode node = new FakeNode(Path.of("home"));
    private final FakeSource source = FakeSource.running(node);
    private int changes;
    private final NodeWatch watch = new NodeWatch(source, () -> changes++);

    private int changesBy(Runnable action) {
        int before = changes;
        action.run();
        return changes - before;
    }

    @Test
    void itHearsOfMembersAndOfStorage() {
        assertEquals(1, changesBy(() -> node.put(FakeNode.peer(1, MemberState.ALIVE, null))));
        assertEquals(1, changesBy(() -> node.storage.add(FakeStorage.item("a", 1), null)));
    }

    @Test
    void itHearsOfAModuleThatCameBackOnce() {
        node.module(NodeModule.GOSSIP, false);
        node.module(NodeModule.GOSSIP, true);
        node.module(NodeModule.STORAGE, false);
        node.module(NodeModule.STORAGE, true);
        assertEquals(3, node.listening());
        assertEquals(1, changesBy(() -> node.put(FakeNode.peer(1, MemberState.ALIVE, null))));
    }

    @Test
    void itFollowsTheNodeThatTookOver() {
        FakeNode next = new FakeNode(Path.of("elsewhere"));
        source.become(new NodeState.Stopped());
        assertEquals(0, node.listening());
        source.become(new NodeState.Running(next));
        assertEquals(1, changesBy(() -> next.put(FakeNode.peer(1, MemberState.ALIVE, null))));
        assertEquals(0, changesBy(() -> node.put(FakeNode.peer(1, MemberState.ALIVE, null))));
    }

    @Test
    void nothingListensAfterTheEnd() {
        watch.close();
        assertEquals(0, node.listening() + source.listening());
        source.become(new NodeState.Running(node));
        assertEquals(0, node.listening());
    }
}
