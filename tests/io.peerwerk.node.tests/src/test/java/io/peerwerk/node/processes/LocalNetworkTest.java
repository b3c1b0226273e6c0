// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.peerwerk.fixtures.TwoMachines;
import io.peerwerk.node.internal.control.ControlClient;

/**
 * The whole program on two machines with a cable between them. Needs the rights to make network namespaces; is skipped
 * and says so where they are missing.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LocalNetworkTest {

    @TempDir
    private Path directory;

    @Test
    void twoNodesFindEachOtherThoughNobodyTellsThemOfTheOther() throws Exception {
        try (TwoMachines machines = TwoMachines.make();
                TestNode left = TestNode.launchOn(TwoMachines.on(machines.left), directory.resolve("left"));
                TestNode right = TestNode.launchOn(TwoMachines.on(machines.right), directory.resolve("right"))) {
            left.awaitReady();
            right.awaitReady();
            Cluster.awaitAlive(left, 1);
            Cluster.awaitAlive(right, 1);
            assertEquals(List.of(right.peer()), neighbours(left));
            assertEquals(List.of(left.peer()), neighbours(right));
        }
    }

    private static List<String> neighbours(TestNode node) throws Exception {
        try (ControlClient control = node.control()) {
            return control.peers().stream().map(peer -> peer.peer()).toList();
        }
    }
}
