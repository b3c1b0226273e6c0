// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A protocol that a {@link Multiaddr} can name, with its number and what value it takes.
 *
 * @see <a href="https://github.com/multiformats/multiaddr/blob/master/protocols.csv">table of protocols</a>
 */
public enum Protocol {

    IP4(4, "ip4", AddressValue.IP4),
    TCP(6, "tcp", AddressValue.PORT),
    IP6(41, "ip6", AddressValue.IP6),
    /** Interface that a link-local IPv6 address belongs to; stands before {@link #IP6}. */
    IP6ZONE(42, "ip6zone", AddressValue.NAME),
    /** Host name of IPv4 or IPv6 addresses. */
    DNS(53, "dns", AddressValue.NAME),
    DNS4(54, "dns4", AddressValue.NAME),
    DNS6(55, "dns6", AddressValue.NAME),
    /** Host name whose TXT records hold whole multiaddrs. */
    DNSADDR(56, "dnsaddr", AddressValue.NAME),
    UDP(273, "udp", AddressValue.PORT),
    WEBRTC_DIRECT(280, "webrtc-direct", AddressValue.NONE),
    WEBRTC(281, "webrtc", AddressValue.NONE),
    /** The peer before it relays to the peer after it. */
    P2P_CIRCUIT(290, "p2p-circuit", AddressValue.NONE),
    /** Path of a socket in the file system; takes the rest of the address. */
    UNIX(400, "unix", AddressValue.PATH),
    /** Id of the peer that is there. */
    P2P(421, "p2p", AddressValue.PEER),
    HTTPS(443, "https", AddressValue.NONE),
    TLS(448, "tls", AddressValue.NONE),
    /** Server name for TLS. */
    SNI(449, "sni", AddressValue.NAME),
    NOISE(454, "noise", AddressValue.NONE),
    /** QUIC before its first version. */
    QUIC(460, "quic", AddressValue.NONE),
    QUIC_V1(461, "quic-v1", AddressValue.NONE),
    WEBTRANSPORT(465, "webtransport", AddressValue.NONE),
    /** Hash of the certificate to expect, a multihash in multibase. */
    CERTHASH(466, "certhash", AddressValue.HASH),
    WS(477, "ws", AddressValue.NONE),
    WSS(478, "wss", AddressValue.NONE),
    HTTP(480, "http", AddressValue.NONE);

    private static final Map<Long, Protocol> BY_CODE = by(Protocol::code);
    private static final Map<String, Protocol> BY_NAME = by(Protocol::text);

    private final long code;
    private final String text;
    private final AddressValue value;

    Protocol(long code, String text, AddressValue value) {
        this.code = code;
        this.text = text;
        this.value = value;
    }

    /** The number in the binary form. */
    public long code() {
        return code;
    }

    /** The name in the text form, such as "quic-v1". */
    public String text() {
        return text;
    }

    /** Whether a value follows after the name. */
    public boolean hasValue() {
        return value != AddressValue.NONE;
    }

    /** How the value is written. */
    AddressValue value() {
        return value;
    }

    /** The protocol with this number, if it is known here. */
    public static Optional<Protocol> of(long code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** The protocol with this name, if it is known here; "ipfs" is an old name of "p2p". */
    public static Optional<Protocol> named(String text) {
        return Optional.ofNullable(text.equals("ipfs") ? P2P : BY_NAME.get(text));
    }

    private static <K> Map<K, Protocol> by(Function<Protocol, K> key) {
        return Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(key, Function.identity()));
    }

    @Override
    public String toString() {
        return text;
    }
}
