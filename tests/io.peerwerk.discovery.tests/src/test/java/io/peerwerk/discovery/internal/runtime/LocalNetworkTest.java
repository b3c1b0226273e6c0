// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.fixtures.TwoMachines;

/** Real multicast between two machines that are connected to each other alone. */
@EnabledOnOs(OS.LINUX)
class LocalNetworkTest {

    private static final String EVERYWHERE = "/ip4/0.0.0.0/tcp/0";

    private static TwoMachines machines;

    @BeforeAll
    static void connectTwoMachines() {
        machines = TwoMachines.make();
    }

    @AfterAll
    static void removeThem() {
        if (machines != null) {
            machines.close();
        }
    }

    @Test
    void twoPeersFindEachOtherWithoutBeingToldOfAnybody() throws Exception {
        try (LanPeer left = LanPeer.on(machines.left, EVERYWHERE, "/ip6/::/tcp/0");
                LanPeer right = LanPeer.on(machines.right, EVERYWHERE)) {
            left.await("connected " + right.id);
            right.await("connected " + left.id);
        }
    }

    @Test
    void peersThatHaveIpv6AloneFindEachOther() throws Exception {
        try (LanPeer left = LanPeer.on(machines.left, "/ip6/" + TwoMachines.LEFT_IP6 + "/tcp/0");
                LanPeer right = LanPeer.on(machines.right, "/ip6/" + TwoMachines.RIGHT_IP6 + "/tcp/0")) {
            assertTrue(left.await("connected " + right.id).contains("/ip6/"));
            right.await("connected " + left.id);
        }
    }

    @Test
    void jsLibp2pAndThisPeerFindEachOther() throws Exception {
        try (ForeignPeer js = ForeignPeer.listenOn(TwoMachines.on(machines.left), "--mdns", "--listen",
                "/ip4/" + TwoMachines.LEFT_IP + "/tcp/0,/ip4/" + TwoMachines.LEFT_IP + "/tcp/0")) {
            String jsId = js.id().toString();
            try (LanPeer ours = LanPeer.on(machines.right, EVERYWHERE)) {
                ours.await("connected " + jsId);
                String found = js.await("discovery");
                assertEquals(ours.id, ForeignPeer.text(found, "peer"));
                assertTrue(found.contains("/ip4/" + TwoMachines.RIGHT_IP + "/tcp/"), found);
            }
        }
    }

    @Test
    void aPeerThatListensOnLoopbackAloneIsNotSeenAndOpensNoSocket() throws Exception {
        try (LanPeer alone = LanPeer.on(machines.right, "/ip4/127.0.0.1/tcp/0")) {
            assertFalse(isMulticastSocketOpen(machines.right));
            try (LanPeer seen = LanPeer.on(machines.right, EVERYWHERE);
                    LanPeer left = LanPeer.on(machines.left, EVERYWHERE)) {
                assertEquals(seen.id, left.await("connected ").split(" ")[1]);
                assertTrue(isMulticastSocketOpen(machines.right));
            }
            await().until(() -> !isMulticastSocketOpen(machines.right));
            assertTrue(alone.isRunning());
        }
    }

    /** Whether any process of the machine has UDP port 5353 open. */
    private static boolean isMulticastSocketOpen(String machine) throws IOException, InterruptedException {
        Path output = Files.createTempFile("sockets", ".txt");
        var command = new ArrayList<>(TwoMachines.on(machine));
        command.addAll(List.of("cat", "/proc/net/udp", "/proc/net/udp6"));
        new ProcessBuilder(command).redirectOutput(output.toFile()).start().waitFor();
        try {
            return Files.readString(output).contains(String.format(":%04X ", MulticastGroup.PORT));
        } finally {
            Files.delete(output);
        }
    }
}
