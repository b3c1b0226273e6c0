// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.gate;

import java.util.Collection;
import java.util.List;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.PeerList;

/**
 * The rules of a gate.
 *
 * @param allow   if not empty, nobody else is let in or dialled
 * @param deny    never let in or dialled, whatever the other lists say
 * @param trusted networks whose links are neither counted nor slowed down: this machine, one's own test network
 * @param caps    for all others
 */
public record Rules(PeerList allow, PeerList deny, PeerList trusted, Caps caps) {

    /**
     * How many incoming links. Most homes share one IPv4 address and have an IPv6 network of 56 to 64 bits; providers
     * hand out 48 bits to whoever asks, so that addresses alone mean little there.
     *
     * @param perAddress  open at once from one IPv4 address, or one IPv6 network of 64 bits. More lets large networks
     *                    behind one address translator in, less keeps one machine from taking all places
     * @param perSite     from one IPv6 network of 56 bits
     * @param perNetwork  from one IPv4 network of 24 bits or one IPv6 network of 48 bits
     * @param rate        new ones a second from one address, in the long run
     * @param burst       new ones from one address at once
     * @param totalRate   new ones a second from all addresses together: a handshake costs about a millisecond of one
     *                    processor, so that this bounds what a crowd can make this host compute
     * @param totalBurst  new ones from all addresses at once
     */
    public record Caps(int perAddress, int perSite, int perNetwork, double rate, double burst, double totalRate,
            double totalBurst) {

        /** For a peer on any network. */
        public static Caps standard() {
            return new Caps(16, 32, 64, 4, 32, 128, 512);
        }

        /** The same with other counts of open links. */
        public Caps open(int address, int site, int network) {
            return new Caps(address, site, network, rate, burst, totalRate, totalBurst);
        }

        /** The same with other rates of new links from one address. */
        public Caps from(double perSecond, double atOnce) {
            return new Caps(perAddress, perSite, perNetwork, perSecond, atOnce, totalRate, totalBurst);
        }
    }

    private static final List<String> THIS_MACHINE = List.of("127.0.0.0/8", "::1");

    /** Everyone is let in, within the standard caps; this machine is trusted. */
    public static Rules standard() {
        try {
            return parse(List.of(), List.of(), THIS_MACHINE);
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads the lists, whose entries are peer ids, IP addresses and networks such as {@code 192.0.2.0/24}.
     *
     * @throws FormatException if an entry is none of these; names it
     */
    public static Rules parse(Collection<String> allow, Collection<String> deny, Collection<String> trusted)
            throws FormatException {
        return new Rules(PeerList.parse(allow), PeerList.parse(deny), PeerList.parse(trusted), Caps.standard());
    }

    /** The same with other caps. */
    public Rules with(Caps other) {
        return new Rules(allow, deny, trusted, other);
    }
}
