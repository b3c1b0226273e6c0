// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.peerwerk.gossip.MemberState;
import io.peerwerk.node.PeerInfo;
import io.peerwerk.ui.internal.fakes.FakeNode;

class NetworkSceneTest {
    private static final Duration FRAME = Duration.ofMillis(33);
    private final NetworkScene scene = new NetworkScene();

    private static NetworkModel model(PeerInfo... peers) {
        return new NetworkModel(null, new NetworkModel.Self(FakeNode.id(0), List.of()),
                Arrays.stream(peers).sorted(Comparator.comparing(PeerInfo::id)).toList());
    }

    private static PeerInfo alive(int number) {
        return FakeNode.peer(number, MemberState.ALIVE, Duration.ofMillis(5));
    }

    private int framesUntilStill() {
        int frames = 0;
        while (scene.advance(FRAME)) {
            frames++;
            assertTrue(frames < 300, "it never stands still");
        }
        return frames;
    }

    @Test
    void aPeerThatComesFliesInFromOutside() {
        scene.show(model(alive(1)));
        NetworkScene.Spot first = scene.spots().getFirst();
        assertTrue(first.radius() > 1 && first.visibility() == 0, first.toString());
        framesUntilStill();
        NetworkScene.Spot last = scene.spots().getFirst();
        assertTrue(last.radius() < 1 && last.visibility() == 1, last.toString());
    }

    @Test
    void movementIsSmoothAndEnds() {
        scene.show(model(alive(1), alive(2), alive(3)));
        List<NetworkScene.Spot> before = scene.spots();
        while (scene.advance(FRAME)) {
            List<NetworkScene.Spot> now = scene.spots();
            for (int i = 0; i < now.size(); i++) {
                double step = Math.hypot(now.get(i).x() - before.get(i).x(), now.get(i).y() - before.get(i).y());
                assertTrue(step < 0.25, "a jump of " + step);
            }
            before = now;
        }
        assertFalse(scene.advance(FRAME));
    }

    @Test
    void peersSpreadEvenlyAndKeepTheirOrderWhenOneComes() {
        scene.show(model(alive(1), alive(2), alive(3), alive(4)));
        scene.settle();
        List<PeerInfo> order = byAngle();
        scene.show(model(alive(1), alive(2), alive(3), alive(4), alive(5)));
        scene.settle();
        List<PeerInfo> after = byAngle().stream().filter(p -> !p.id().equals(FakeNode.id(5))).toList();
        assertEquals(order, after);
        double[] angles = scene.spots().stream().mapToDouble(NetworkScene.Spot::angle).sorted().toArray();
        for (int i = 1; i < angles.length; i++) {
            assertEquals(2 * Math.PI / 5, angles[i] - angles[i - 1], 1e-6);
        }
    }

    private List<PeerInfo> byAngle() {
        return scene.spots().stream().sorted(Comparator.comparing(NetworkScene.Spot::angle)).map(NetworkScene.Spot::peer).toList();
    }

    @Test
    void aPeerThatDiesDriftsOutAndFades() {
        scene.show(model(alive(1), alive(2)));
        scene.settle();
        scene.show(model(alive(1), FakeNode.peer(2, MemberState.DEAD, Duration.ofMillis(5))));
        framesUntilStill();
        NetworkScene.Spot dead = scene.spots().stream().filter(s -> s.peer().id().equals(FakeNode.id(2))).findFirst().orElseThrow();
        assertTrue(dead.radius() > 1 && dead.visibility() < 1 && dead.visibility() > 0, dead.toString());
    }

    @Test
    void aPeerThatIsForgottenVanishes() {
        scene.show(model(alive(1), alive(2)));
        scene.settle();
        scene.show(model(alive(1)));
        assertEquals(2, scene.spots().size());
        framesUntilStill();
        assertEquals(List.of(FakeNode.id(1)), scene.spots().stream().map(s -> s.peer().id()).toList());
    }

    @Test
    void onePeerThatVanishesLeavesNothingMoving() {
        scene.show(model(alive(1)));
        scene.settle();
        scene.show(model());
        framesUntilStill();
        assertTrue(scene.spots().isEmpty());
    }

    @Test
    void aPeerTurnsTheShortWayRound() {
        scene.show(model(alive(1), alive(2), alive(3), alive(4), alive(5), alive(6)));
        scene.settle();
        scene.show(model(alive(1), alive(2), alive(3), alive(4), alive(5)));
        double most = 0;
        List<NetworkScene.Spot> before = scene.spots();
        while (scene.advance(FRAME)) {
            List<NetworkScene.Spot> now = scene.spots();
            for (int i = 0; i < Math.min(now.size(), before.size()); i++) {
                if (now.get(i).peer().equals(before.get(i).peer())) {
                    most = Math.max(most, Math.abs(now.get(i).angle() - before.get(i).angle()));
                }
            }
            before = now;
        }
        assertTrue(most < 0.3, "turned by " + most + " in one frame");
    }

    @Test
    void slowerPeersStandFartherOut() {
        scene.show(model(FakeNode.peer(1, MemberState.ALIVE, Duration.ofMillis(2)),
                FakeNode.peer(2, MemberState.ALIVE, Duration.ofMillis(80)), FakeNode.peer(3, MemberState.ALIVE, null)));
        scene.settle();
        double[] radius = new double[4];
        scene.spots().forEach(s -> {
            for (int i = 1; i < 4; i++) {
                if (s.peer().id().equals(FakeNode.id(i))) {
                    radius[i] = s.radius();
                }
            }
        });
        assertTrue(radius[1] < radius[2] && radius[2] < radius[3], Arrays.toString(radius));
    }

    @Test
    void aHundredPeersAllHaveAPlaceInsideTheRim() {
        FakeNode node = new FakeNode(Path.of("home"));
        for (int i = 1; i <= 100; i++) {
            node.put(FakeNode.peer(i, MemberState.ALIVE, Duration.ofMillis(i)));
        }
        scene.show(model(node.peers().toArray(PeerInfo[]::new)));
        scene.settle();
        assertEquals(100, scene.spots().stream().filter(s -> Math.hypot(s.x(), s.y()) <= 1).count());
    }
}
