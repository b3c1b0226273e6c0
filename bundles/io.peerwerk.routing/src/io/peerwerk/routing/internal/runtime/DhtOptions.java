// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

import io.peerwerk.routing.internal.kad.Diversity;

/**
 * One table.
 *
 * @param protocol   its protocol
 * @param everywhere whether it is for public peers
 * @param mode       whether this peer answers others
 * @param loopback   whether peers of this machine belong into it even where the host listens elsewhere too
 * @param diversity  how many peers of one network are taken
 */
record DhtOptions(String protocol, boolean everywhere, Mode mode, boolean loopback, Diversity diversity) {

    /** The protocol of public peers. */
    static final String PUBLIC = "/ipfs/kad/1.0.0";

    /** The protocol of local peers. */
    static final String LOCAL = "/ipfs/lan/kad/1.0.0";

    /** Whether this peer answers others. */
    enum Mode {
        /** Never. */
        CLIENT,
        /** Always. */
        SERVER,
        /** While the host has an address that belongs into the table. */
        AUTO
    }

    static DhtOptions everywhere(Mode mode, boolean loopback) {
        return new DhtOptions(PUBLIC, true, mode, loopback, Diversity.STANDARD);
    }

    static DhtOptions local(Mode mode, boolean loopback) {
        return new DhtOptions(LOCAL, false, mode, loopback, Diversity.NONE);
    }

    /**
     * What time it is, and chance.
     *
     * @param tick     between two looks at what there is to do
     * @param patience a peer that has not answered a question by then is taken for silent, dial included
     */
    record Surroundings(InstantSource clock, RandomGenerator random, Duration tick, Duration patience) {
    }
}
