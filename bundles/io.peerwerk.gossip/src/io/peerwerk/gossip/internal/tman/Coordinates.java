// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.tman;

/**
 * Where a peer lies in a plane in which distances are round trips, and how high above it, which is the delay of its own
 * line: Vivaldi (Dabek, Cox, Kaashoek and Morris, SIGCOMM 2004, section 5.4). In milliseconds.
 *
 * @param x from -{@value #MAX} to {@value #MAX}
 * @param y from -{@value #MAX} to {@value #MAX}
 * @param height from 0 to {@value #MAX}
 */
public record Coordinates(double x, double y, double height) {

    /** No round trip that matters takes longer. */
    public static final double MAX = 60_000;

    public static final Coordinates ORIGIN = new Coordinates(0, 0, 0);

    /** How far towards the measured distance one measurement moves a peer. */
    private static final double STEP = 0.25;

    public Coordinates {
        if (!(Math.abs(x) <= MAX && Math.abs(y) <= MAX && height >= 0 && height <= MAX)) {
            throw new IllegalArgumentException("coordinates " + x + ", " + y + ", " + height);
        }
    }

    /** The round trip that the coordinates foretell. */
    public double distance(Coordinates other) {
        return Math.hypot(x - other.x, y - other.y) + height + other.height;
    }

    /**
     * A little nearer to, or farther from, a peer whose round trip was measured.
     *
     * @param angle in which direction to go where both are at one point, in radians
     */
    public Coordinates moved(Coordinates other, double roundTripMillis, double angle) {
        double apart = Math.hypot(x - other.x, y - other.y);
        double error = Math.clamp(roundTripMillis, 0, MAX) - distance(other);
        double dx = apart == 0 ? Math.cos(angle) : (x - other.x) / apart;
        double dy = apart == 0 ? Math.sin(angle) : (y - other.y) / apart;
        double force = STEP * error;
        double up = apart == 0 ? 0 : force * (height + other.height) / apart;
        return new Coordinates(Math.clamp(x + force * dx, -MAX, MAX), Math.clamp(y + force * dy, -MAX, MAX),
                Math.clamp(height + up, 0, MAX));
    }
}
