// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.network;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.node.PeerInfo;

/**
 * The picture of the network as it moves: where each peer is at this moment and how visible. A pure function of the
 * models shown and the time that passed; it knows no pixels. The middle is the origin and 1 is the rim.
 *
 * <p>Peers spread evenly around the middle in the order of their ids, so that each keeps its neighbours when others come
 * and go; the distance is the round trip. One that comes flies in from outside, one that dies drifts out and fades, one
 * that is forgotten vanishes.
 */
public final class NetworkScene {
    /** How fast a gap closes: e^-SPEED of it is left after a second. */
    private static final double SPEED = 5;
    private static final double OUTSIDE = 1.3;
    private static final double AWAY = 1.08;
    private static final double FADED = 0.55;
    /** Smaller gaps are closed at once: less than half a pixel of any window. */
    private static final double STILL = 0.0005;
    private static final double FULL_TURN = 2 * Math.PI;
    /** The first peer stands at the top right: labels then do not cover the middle's one. */
    private static final double FIRST = -Math.PI / 2;

    /** A peer at one moment: where, how visible (0 to 1), and what is known of it. */
    public record Spot(PeerInfo peer, double angle, double radius, double visibility) {
        public double x() {
            return radius * Math.cos(angle);
        }

        public double y() {
            return radius * Math.sin(angle);
        }
    }

    private static final class Body {
        private PeerInfo peer;
        private double angle;
        private double radius = OUTSIDE;
        private double visibility;
        private double angleGoal;
        private double radiusGoal;
        private double visibilityGoal;

        Body(PeerInfo peer, double angle) {
            this.peer = peer;
            this.angle = angle;
        }

        boolean advance(double share) {
            double turn = Math.IEEEremainder(angleGoal - angle, FULL_TURN);
            boolean still = Math.abs(turn) < STILL && Math.abs(radiusGoal - radius) < STILL
                    && Math.abs(visibilityGoal - visibility) < STILL;
            double step = still ? 1 : share;
            angle += turn * step;
            radius += (radiusGoal - radius) * step;
            visibility += (visibilityGoal - visibility) * step;
            return !still;
        }

        boolean vanished() {
            return visibilityGoal == 0 && visibility < 0.01;
        }

        Spot spot() {
            return new Spot(peer, angle, radius, visibility);
        }
    }

    private final Map<PeerId, Body> bodies = new LinkedHashMap<>();
    private RoundTripScale scale = RoundTripScale.initial();

    /** Sets what to move towards. */
    public void show(NetworkModel model) {
        scale = scale.fit(model.peers().stream().filter(p -> p.state().isReachable()).map(PeerInfo::roundTrip)
                .filter(Objects::nonNull).toList());
        Set<PeerId> seen = new HashSet<>();
        int count = model.peers().size();
        for (int i = 0; i < count; i++) {
            PeerInfo peer = model.peers().get(i);
            seen.add(peer.id());
            place(peer, FIRST + (i + 0.5) * FULL_TURN / count);
        }
        for (Body body : bodies.values()) {
            if (!seen.contains(body.peer.id())) {
                body.visibilityGoal = 0;
                body.radiusGoal = OUTSIDE;
            }
        }
    }

    private void place(PeerInfo peer, double angle) {
        Body body = bodies.computeIfAbsent(peer.id(), id -> new Body(peer, angle));
        body.peer = peer;
        body.angleGoal = angle;
        body.radiusGoal = distance(peer);
        body.visibilityGoal = peer.state().isReachable() ? 1 : FADED;
    }

    private double distance(PeerInfo peer) {
        if (!peer.state().isReachable()) {
            return AWAY;
        }
        Duration roundTrip = peer.roundTrip();
        return roundTrip == null ? RoundTripScale.UNKNOWN : scale.radius(roundTrip);
    }

    /**
     * Lets time pass.
     *
     * @return whether something still moves
     */
    public boolean advance(Duration passed) {
        double share = 1 - Math.exp(-SPEED * passed.toNanos() / 1e9);
        boolean moving = false;
        for (Body body : bodies.values()) {
            moving |= body.advance(share);
        }
        bodies.values().removeIf(Body::vanished);
        return moving;
    }

    /** Ends every movement at once. */
    public void settle() {
        bodies.values().removeIf(body -> body.visibilityGoal == 0);
        bodies.values().forEach(body -> body.advance(1));
    }

    /** The peers where they are now. */
    public List<Spot> spots() {
        return bodies.values().stream().map(Body::spot).toList();
    }

    /** The scale of the distances. */
    public RoundTripScale scale() {
        return scale;
    }
}
