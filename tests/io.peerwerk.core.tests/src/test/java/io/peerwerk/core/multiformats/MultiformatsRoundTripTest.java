// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

import io.peerwerk.core.identity.KeyType;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.wire.FormatException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class MultiformatsRoundTripTest {

    @Property
    void everyNumberComesBackAndTakesTheSizeItSays(@ForAll @LongRange long value) throws IOException {
        byte[] bytes = Varint.encode(value);
        assertEquals(Varint.size(value), bytes.length);
        assertEquals(value, Varint.read(ByteBuffer.wrap(bytes)));
        assertEquals(value, Varint.read(new ByteArrayInputStream(bytes)));
    }

    @Property
    void anyBytesComeBackFromEveryBase(@ForAll @Size(max = 250) byte[] bytes) throws FormatException {
        assertArrayEquals(bytes, Base58.decode(Base58.encode(bytes)));
        assertArrayEquals(bytes, Base32.decode(Base32.encode(bytes)));
        for (char base : "fbkzmu".toCharArray()) {
            assertArrayEquals(bytes, Multibase.decode(Multibase.encode(base, bytes)));
        }
    }

    @Property
    void everyHashComesBack(@ForAll("hashes") Multihash hash) throws FormatException {
        assertEquals(hash, Multihash.parse(hash.toBytes()));
        ByteBuffer twice = ByteBuffer.allocate(400).put(hash.toBytes()).put(hash.toBytes()).flip();
        assertEquals(hash, Multihash.parse(twice));
        assertEquals(hash, Multihash.parse(twice));
        assertFalse(twice.hasRemaining());
    }

    @Property
    void everyIdComesBackFromBytesAndText(@ForAll("ids") Cid id) throws FormatException {
        assertEquals(id, Cid.read(id.toBytes()));
        assertEquals(id, Cid.parse(id.toString()));
        assertEquals(id.hashCode(), Cid.parse(id.toString()).hashCode());
    }

    @Property
    void everyAddressComesBackFromBytesAndText(@ForAll("addresses") Multiaddr address) throws FormatException {
        assertEquals(address, Multiaddr.read(address.toBytes()));
        assertEquals(address, Multiaddr.parse(address.toString()));
        assertEquals(address.toString(), Multiaddr.read(address.toBytes()).toString());
    }

    @Property
    void everyIpv6AddressComesBackFromItsText(@ForAll @Size(16) byte[] bytes, @ForAll("masks") byte[] mask)
            throws FormatException {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] &= mask[i / 2];
        }
        assertArrayEquals(bytes, IpAddress.parse6(IpAddress.format6(bytes)));
    }

    /** For each group of an address all its bits or none, so that runs of zeros come in every length and place. */
    @Provide
    Arbitrary<byte[]> masks() {
        return Arbitraries.of((byte) 0, (byte) -1).array(byte[].class).ofSize(8);
    }

    @Provide
    Arbitrary<Multihash> hashes() {
        Arbitrary<Multihash> sha256 = bytes(32, 32).map(d -> new Multihash(Multihash.SHA2_256, d));
        Arbitrary<Multihash> sha512 = bytes(64, 64).map(d -> new Multihash(Multihash.SHA2_512, d));
        Arbitrary<Long> codes = Arbitraries.longs().between(0x14, Long.MAX_VALUE);
        Arbitrary<Multihash> others = Combinators.combine(codes, bytes(0, 128)).as(Multihash::new);
        return Arbitraries.oneOf(sha256, sha512, others, bytes(0, 128).map(Multihash::identity));
    }

    @Provide
    Arbitrary<Cid> ids() {
        Arbitrary<Cid> v1 = Combinators.combine(Arbitraries.longs().between(0, Long.MAX_VALUE), hashes()).as(Cid::v1);
        return Arbitraries.oneOf(v1, bytes(32, 32).map(d -> Cid.v0(new Multihash(Multihash.SHA2_256, d))));
    }

    @Provide
    Arbitrary<Multiaddr> addresses() {
        Arbitrary<List<String>> middle = component().list().ofMinSize(1).ofMaxSize(6);
        Arbitrary<String> path = Arbitraries.strings().alpha().withChars("/. \u00e4\u20ac")
                .ofMinLength(1).ofMaxLength(60).map(p -> "/unix/" + p);
        return Combinators.combine(middle, path.injectNull(0.8)).as((parts, end) ->
                Multiaddr.of(String.join("", parts) + (end == null ? "" : end)));
    }

    private static Arbitrary<String> component() {
        Arbitrary<String> port = Arbitraries.of("tcp", "udp").flatMap(p ->
                Arbitraries.integers().between(0, 0xFFFF).map(n -> "/" + p + "/" + n));
        Arbitrary<String> ip4 = bytes(4, 4).map(b -> "/ip4/" + IpAddress.format4(b, 0));
        Arbitrary<String> ip6 = bytes(16, 16).map(b -> "/ip6/" + IpAddress.format6(b));
        Arbitrary<String> name = Arbitraries.of("dns", "dns4", "dns6", "dnsaddr", "ip6zone", "sni").flatMap(p ->
                Arbitraries.strings().withCharRange('!', '.').withCharRange('0', '~').ofMinLength(1).ofMaxLength(60)
                        .map(n -> "/" + p + "/" + n));
        Arbitrary<String> peer = bytes(32, 32).map(k -> "/p2p/" + new PublicKey(KeyType.ED25519, k).toPeerId());
        Arbitrary<String> plain = Arbitraries.of("/ws", "/wss", "/tls", "/noise", "/quic-v1", "/p2p-circuit", "/http");
        return Arbitraries.oneOf(port, ip4, ip6, name, peer, plain);
    }

    private static Arbitrary<byte[]> bytes(int min, int max) {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(min).ofMaxSize(max);
    }
}
