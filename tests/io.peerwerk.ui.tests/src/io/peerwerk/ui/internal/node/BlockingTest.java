// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import org.eclipse.core.commands.ExecutionException;
import org.junit.jupiter.api.Test;

import io.peerwerk.node.NodeLimits;
import io.peerwerk.ui.internal.fakes.FakeNode;
import io.peerwerk.ui.internal.fakes.FakeSource;

class BlockingTest {
    private final FakeNode node = new FakeNode(Path.of("home"));
    private final FakeSource source = FakeSource.running(node);

    private void deny(String... entries) {
        node.change(new NodeLimits.Change(null, null, null, null, null, null, null, List.of(entries)));
    }

    @Test
    void aPeerIsKeptOutAndUndoingLetsItInAgain() throws ExecutionException {
        Blocking blocking = new Blocking(source, FakeNode.id(1), true);
        assertTrue(blocking.execute(null, null).isOK());
        assertTrue(Blocking.keepsOut(node.limits(), FakeNode.id(1)));
        assertFalse(Blocking.keepsOut(node.limits(), FakeNode.id(2)));
        blocking.undo(null, null);
        assertEquals(List.of(), node.limits().deny());
        blocking.redo(null, null);
        assertEquals(List.of(FakeNode.id(1).toString()), node.limits().deny());
    }

    @Test
    void whatWasChangedInBetweenStays() throws ExecutionException {
        Blocking blocking = new Blocking(source, FakeNode.id(1), true);
        blocking.execute(null, null);
        deny(FakeNode.id(1).toString(), "192.0.2.0/24");
        blocking.undo(null, null);
        assertEquals(List.of("192.0.2.0/24"), node.limits().deny());
    }

    @Test
    void blockingTwiceLeavesOneEntryAndUnblockingIsUndoneToo() throws ExecutionException {
        deny(FakeNode.id(1).toString());
        Blocking again = new Blocking(source, FakeNode.id(1), true);
        again.execute(null, null);
        assertEquals(1, node.limits().deny().size());
        again.undo(null, null);
        assertEquals(1, node.limits().deny().size());
        Blocking unblocking = new Blocking(source, FakeNode.id(1), false);
        unblocking.execute(null, null);
        assertEquals(0, node.limits().deny().size());
        unblocking.undo(null, null);
        assertTrue(Blocking.keepsOut(node.limits(), FakeNode.id(1)));
    }

    @Test
    void withoutANodeItIsSaidThatNothingHappened() {
        source.become(new NodeState.Stopped());
        ExecutionException refused = assertThrows(ExecutionException.class,
                () -> new Blocking(source, FakeNode.id(1), true).execute(null, null));
        assertEquals("The node is not running", refused.getMessage());
    }
}
