// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

/**
 * A port that is listened on here.
 *
 * @param transport what listens
 * @param number    1 to 65,535
 */
record Port(Transport transport, int number) {

    /** Protocols with ports, each with its number in the IP header. */
    enum Transport {
        TCP(6), UDP(17);

        private final int number;

        Transport(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    @Override
    public String toString() {
        return transport.name().toLowerCase(java.util.Locale.ROOT) + " port " + number;
    }
}
