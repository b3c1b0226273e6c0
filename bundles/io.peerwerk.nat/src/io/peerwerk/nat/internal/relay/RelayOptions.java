// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import java.time.Duration;

/**
 * What a relay gives to others.
 *
 * @param reservations     peers that may be reached through this one; 0 turns relaying off. Each costs an open
 *                         connection
 * @param perAddress       reservations from one IP address; loopback is not counted
 * @param perNetwork       reservations from one network (IPv4: /24, IPv6: /48); loopback is not counted. Higher serves
 *                         big sites better, lower makes it dearer to use up all reservations
 * @param lifetime         how long a reservation holds without being asked for again
 * @param circuits         circuits at the same time, all peers together; each costs two streams and up to half a MiB
 * @param circuitsPerPeer  circuits at the same time that begin or end at one peer
 * @param circuitDuration  longest life of a circuit; zero means without end
 * @param circuitBytes     bytes that pass a circuit in each direction; 0 means any number. Enough for two peers to
 *                         agree on a direct connection, and for little else
 * @param bytesPerSecond   bytes a second that all circuits together pass on; 0 means any number
 */
public record RelayOptions(int reservations, int perAddress, int perNetwork, Duration lifetime, int circuits,
        int circuitsPerPeer, Duration circuitDuration, long circuitBytes, long bytesPerSecond) {

    /** The reference implementation's limits, and 1 MiB a second. */
    public static RelayOptions standard() {
        return new RelayOptions(128, 8, 32, Duration.ofHours(1), 512, 16, Duration.ofMinutes(2), 128 * 1024, 1 << 20);
    }

    /** The same with another limit of each circuit. */
    public RelayOptions limiting(Duration duration, long bytes) {
        return new RelayOptions(reservations, perAddress, perNetwork, lifetime, circuits, circuitsPerPeer, duration,
                bytes, bytesPerSecond);
    }

    /** The same with other numbers of reservations and circuits. */
    public RelayOptions atMost(int reserved, int allCircuits, int ofOnePeer) {
        return new RelayOptions(reserved, perAddress, perNetwork, lifetime, allCircuits, ofOnePeer, circuitDuration,
                circuitBytes, bytesPerSecond);
    }

    /** The same with another rate of all circuits together. */
    public RelayOptions atRate(long bytes) {
        return new RelayOptions(reservations, perAddress, perNetwork, lifetime, circuits, circuitsPerPeer,
                circuitDuration, circuitBytes, bytes);
    }

    /** The same with reservations that hold so long. */
    public RelayOptions lasting(Duration duration) {
        return new RelayOptions(reservations, perAddress, perNetwork, duration, circuits, circuitsPerPeer,
                circuitDuration, circuitBytes, bytesPerSecond);
    }

    Limit limit() {
        return new Limit(circuitDuration.toSeconds(), circuitBytes);
    }
}
