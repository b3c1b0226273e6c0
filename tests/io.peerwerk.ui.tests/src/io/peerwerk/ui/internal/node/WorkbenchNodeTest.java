// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.node;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.peerwerk.node.Node;
import io.peerwerk.node.NodeLauncher;
import io.peerwerk.node.NodeSettings;
import io.peerwerk.node.RunningNode;
import io.peerwerk.ui.internal.fakes.FakeNode;

class WorkbenchNodeTest {
    /** Starts nodes without a network, one on a home. */
    private static final class Launcher implements NodeLauncher {
        final List<Path> running = new CopyOnWriteArrayList<>();
        volatile @Nullable IOException refusal;
        volatile int starts;

        @Override
        public RunningNode start(NodeSettings settings) throws IOException {
            IOException now = refusal;
            if (now != null) {
                throw now;
            }
            if (running.contains(settings.home())) {
                throw new IOException("another node runs on " + settings.home());
            }
            starts++;
            running.add(settings.home());
            FakeNode node = new FakeNode(settings.home());
            return new RunningNode() {
                @Override
                public Node node() {
                    return node;
                }

                @Override
                public void awaitReady(Duration limit) {
                    // It is.
                }

                @Override
                public void close() {
                    running.remove(settings.home());
                }
            };
        }
    }

    private final Launcher launcher = new Launcher();
    private volatile Path home = Path.of("home");
    private final WorkbenchNode node = new WorkbenchNode(() -> NodeSettings.of(home));
    private final List<NodeState> told = new CopyOnWriteArrayList<>();

    {
        node.listen(told::add);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private void awaitState(Class<? extends NodeState> type) {
        await().atMost(Duration.ofMinutes(1)).until(() -> type.isInstance(node.state()));
    }

    @Test
    void withoutALauncherItIsAbsentAndWaits() {
        node.start();
        assertInstanceOf(NodeState.Absent.class, node.state());
        node.launcherCame(launcher);
        awaitState(NodeState.Running.class);
    }

    @Test
    void aLauncherAloneStartsNothing() {
        node.launcherCame(launcher);
        awaitState(NodeState.Stopped.class);
        assertEquals(0, launcher.starts);
    }

    @Test
    void startingTwiceStartsOnce() {
        node.launcherCame(launcher);
        node.start();
        node.start();
        awaitState(NodeState.Running.class);
        node.stop();
        awaitState(NodeState.Stopped.class);
        assertEquals(1, launcher.starts);
        assertEquals(List.of(), launcher.running);
    }

    @Test
    void theWayUpIsTold() {
        node.launcherCame(launcher);
        node.start();
        awaitState(NodeState.Running.class);
        assertEquals(List.of("Stopped", "Starting", "Running"), told.stream().map(s -> s.getClass().getSimpleName()).toList());
    }

    @Test
    void aHomeInUseIsAStateAndAnotherHomeTheWayOut() {
        launcher.running.add(Path.of("home"));
        node.launcherCame(launcher);
        node.start();
        awaitState(NodeState.Failed.class);
        assertEquals(new NodeState.Failed(Path.of("home"), "Another node runs on home"), node.state());
        home = Path.of("elsewhere");
        node.start();
        awaitState(NodeState.Running.class);
        assertEquals(Path.of("elsewhere"), node.node().orElseThrow().settings().home());
    }

    @Test
    void aStartThatFailedIsNotTriedAgainByEveryViewThatOpens() {
        launcher.refusal = new IOException("the home cannot be written");
        node.launcherCame(launcher);
        node.startOnce();
        awaitState(NodeState.Failed.class);
        node.startOnce();
        node.startOnce();
        node.stop();
        awaitState(NodeState.Stopped.class);
        assertEquals(1, told.stream().filter(NodeState.Failed.class::isInstance).count());
    }

    @Test
    void itCanBeTriedAgain() {
        launcher.refusal = new IOException("the home cannot be written");
        node.launcherCame(launcher);
        node.start();
        awaitState(NodeState.Failed.class);
        launcher.refusal = null;
        node.start();
        awaitState(NodeState.Running.class);
    }

    @Test
    void aLauncherThatGoesTakesTheNodeAlongAndItsSuccessorBringsItBack() {
        node.launcherCame(launcher);
        node.start();
        awaitState(NodeState.Running.class);
        node.launcherGone(launcher);
        awaitState(NodeState.Absent.class);
        assertEquals(List.of(), launcher.running);
        Launcher successor = new Launcher();
        node.launcherCame(successor);
        awaitState(NodeState.Running.class);
        assertEquals(1, successor.starts);
    }

    @Test
    void aSuccessorThatCameFirstIsNotLostWhenTheOldOneGoes() {
        node.launcherCame(launcher);
        node.start();
        awaitState(NodeState.Running.class);
        Launcher successor = new Launcher();
        node.launcherCame(successor);
        node.launcherGone(launcher);
        await().atMost(Duration.ofMinutes(1)).until(() -> successor.starts == 1);
        awaitState(NodeState.Running.class);
        assertEquals(List.of(), launcher.running);
    }

    @Test
    void theEndClosesTheNode() {
        node.launcherCame(launcher);
        node.start();
        awaitState(NodeState.Running.class);
        node.close();
        assertEquals(List.of(), launcher.running);
    }

    @Test
    void restartingUsesTheNewSettings() {
        node.launcherCame(launcher);
        node.start();
        awaitState(NodeState.Running.class);
        home = Path.of("elsewhere");
        node.restart();
        await().atMost(Duration.ofMinutes(1)).until(() -> node.node().map(n -> n.settings().home()).equals(java.util.Optional.of(home)));
        assertEquals(List.of(home), launcher.running);
        assertTrue(node.wanted());
    }
}
