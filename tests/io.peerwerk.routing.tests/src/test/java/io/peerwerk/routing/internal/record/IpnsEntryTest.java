// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.KeyType;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.routing.NameRecord;
import io.peerwerk.routing.internal.wire.KadCodec;
import io.peerwerk.routing.internal.wire.KadRecord;
import io.peerwerk.routing.internal.wire.Octets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class IpnsEntryTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Identity OWNER = Identity.generate(new SecureRandom());
    private static final Identity OTHER = Identity.generate(new SecureRandom());

    private static NameRecord record(long sequence) {
        return new NameRecord("/ipfs/bafkqaaa", sequence, NOW.plusSeconds(60), Duration.ofMinutes(5));
    }

    private static Validator.Rank check(PeerId name, byte[] value) throws FormatException {
        return new Validators().check(new KadRecord(Validators.key(Validators.NAME, name), new Octets(value)), NOW);
    }

    private static void refused(byte[] value) {
        assertThrows(FormatException.class, () -> check(OWNER.id(), value));
    }

    @Property
    void aRecordThatIsSignedIsReadAsItWas(@ForAll @StringLength(max = 200) String value, @ForAll long sequence)
            throws FormatException {
        String text = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        var record = new NameRecord(text, sequence, NOW.plusNanos(Math.abs(sequence % 1_000_000_000)), Duration.ofSeconds(7));
        assertEquals(record, IpnsEntry.open(IpnsEntry.sign(OWNER, record), OWNER.id()).toRecord());
    }

    @Test
    void theHigherSequenceIsBetterThenTheLaterEnd() throws FormatException {
        Validator.Rank one = check(OWNER.id(), IpnsEntry.sign(OWNER, record(1)));
        Validator.Rank two = check(OWNER.id(), IpnsEntry.sign(OWNER, record(2)));
        Validator.Rank later = check(OWNER.id(), IpnsEntry.sign(OWNER,
                new NameRecord("/x", 1, NOW.plusSeconds(61), Duration.ZERO)));
        Validator.Rank greatest = check(OWNER.id(), IpnsEntry.sign(OWNER, record(-1)));
        assertTrue(two.compareTo(one) > 0);
        assertTrue(later.compareTo(one) > 0);
        assertTrue(two.compareTo(later) > 0);
        assertTrue(greatest.compareTo(two) > 0, "numbers have no sign");
    }

    @Test
    void itIsValidUntilItsEndAndNotAfter() throws FormatException {
        check(OWNER.id(), IpnsEntry.sign(OWNER, new NameRecord("/x", 1, NOW, Duration.ZERO)));
        refused(IpnsEntry.sign(OWNER, new NameRecord("/x", 1, NOW.minusNanos(1), Duration.ZERO)));
    }

    @Test
    void nobodySignsForAnother() {
        refused(IpnsEntry.sign(OTHER, record(1)));
        byte[] with = new ProtoWriter().bytes(7, OTHER.publicKey().toBytes()).toBytes();
        refused(join(IpnsEntry.sign(OTHER, record(1)), with));
    }

    @Test
    void everyBitOfWhatIsSignedCounts() throws FormatException {
        byte[] entry = IpnsEntry.sign(OWNER, record(1));
        int refused = 0;
        for (int i = 0; i < entry.length; i++) {
            byte[] forged = entry.clone();
            forged[i] ^= 1;
            try {
                check(OWNER.id(), forged);
            } catch (FormatException e) {
                refused++;
            }
        }
        // The signature of version 1 is not looked at, 64 bytes.
        assertTrue(refused >= entry.length - 64, refused + " of " + entry.length);
    }

    /** A newer value in the old fields, the older one signed: older readers would see the former. */
    @Test
    void whatOlderReadersSeeMustBeWhatIsSigned() {
        byte[] entry = IpnsEntry.sign(OWNER, record(1));
        refused(join(entry, new ProtoWriter().bytes(1, "/ipfs/evil".getBytes(StandardCharsets.US_ASCII)).toBytes()));
        refused(join(entry, new ProtoWriter().uint(5, 9).toBytes()));
        refused(join(entry, new ProtoWriter().uint(6, 9).toBytes()));
        refused(join(entry, new ProtoWriter().uint(3, 1).toBytes()));
    }

    @Test
    void aRecordOfVersionTwoAloneIsEnoughAndOfVersionOneAloneIsNot() throws FormatException {
        byte[] entry = IpnsEntry.sign(OWNER, record(3));
        assertEquals(3, check(OWNER.id(), only(entry, 8, 9)).sequence());
        refused(only(entry, 1, 2, 3, 4, 5, 6));
        refused(only(entry, 9));
        refused(only(entry, 8));
    }

    private static byte[] only(byte[] entry, int... fields) throws FormatException {
        var in = new ProtoReader(entry);
        var out = new ProtoWriter();
        for (int field = in.next(); field != 0; field = in.next()) {
            int number = field;
            if (Arrays.stream(fields).noneMatch(f -> f == number)) {
                in.skip();
            } else if (field == 3 || field == 5 || field == 6) {
                out.uint(field, in.uint());
            } else {
                out.bytes(field, in.bytes(KadCodec.MAX_VALUE));
            }
        }
        return out.toBytes();
    }

    @Test
    void aNameThatIsAHashNeedsItsKeyInTheRecord() {
        // An RSA key: its peer id is the hash of it. Nobody has the private half, so all that shows is which key is used.
        var key = new PublicKey(KeyType.RSA, new byte[294]);
        byte[] entry = IpnsEntry.sign(OWNER, record(1));
        assertMessage("without its public key", () -> check(key.toPeerId(), entry));
        assertMessage("of another name", () -> check(key.toPeerId(), with(entry, OWNER.publicKey())));
        assertMessage("wrong signature", () -> check(key.toPeerId(), with(entry, key)));
    }

    private static byte[] with(byte[] entry, PublicKey key) {
        return join(entry, new ProtoWriter().bytes(7, key.toBytes()).toBytes());
    }

    private static void assertMessage(String part, Executable step) {
        String message = assertThrows(FormatException.class, step).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void aRecordHasALimit() {
        String value = "/" + "x".repeat(4000);
        byte[] entry = IpnsEntry.sign(OWNER, new NameRecord(value, 1, NOW.plusSeconds(1), Duration.ZERO));
        assertThrows(FormatException.class, () -> IpnsEntry.open(new byte[KadCodec.MAX_VALUE + 1], OWNER.id()));
        assertTrue(entry.length > 8000);
        assertThrows(IllegalArgumentException.class, () -> IpnsEntry.sign(OWNER,
                new NameRecord("/" + "x".repeat(6000), 1, NOW, Duration.ZERO)));
    }

    @Test
    void dataIsAMapInTheOrderOfDagCbor() throws FormatException {
        var data = new IpnsData(new Octets(new byte[] {1}), new Octets(new byte[] {2}), 3, 4);
        String text = new String(data.toBytes(), StandardCharsets.ISO_8859_1);
        assertTrue(text.indexOf("TTL") < text.indexOf("Value") && text.indexOf("Value") < text.indexOf("Sequence")
                && text.indexOf("Sequence") < text.indexOf("Validity") && text.indexOf("Validity") < text.indexOf("ValidityType"));
        assertEquals((byte) 0xa5, data.toBytes()[0]);
        assertEquals(data, IpnsData.parse(data.toBytes()));
    }

    @Test
    void entriesOfOthersInTheDataArePassedOverAndNoneStandsTwice() throws FormatException {
        byte[] plain = new IpnsData(new Octets(new byte[] {1}), new Octets(new byte[] {2}), 3, 4).toBytes();
        byte[] more = join(plain, new CborWriter().text("_mine").map(1).text("a").unsigned(1).toBytes());
        more[0] = (byte) 0xa6;
        assertEquals(3, IpnsData.parse(more).sequence());
        byte[] twice = join(plain, new CborWriter().text("TTL").unsigned(5).toBytes());
        twice[0] = (byte) 0xa6;
        assertThrows(FormatException.class, () -> IpnsData.parse(twice));
        assertThrows(FormatException.class, () -> IpnsData.parse(join(plain, new byte[1])));
        byte[] fewer = plain.clone();
        fewer[0] = (byte) 0xa4;
        assertThrows(FormatException.class, () -> IpnsData.parse(fewer));
    }

    @Test
    void aPublicKeyBelongsToItsPeerAlone() throws FormatException {
        var validators = new Validators();
        var value = new Octets(OWNER.publicKey().toBytes());
        validators.check(new KadRecord(Validators.key(Validators.PUBLIC_KEY, OWNER.id()), value), NOW);
        assertThrows(FormatException.class,
                () -> validators.check(new KadRecord(Validators.key(Validators.PUBLIC_KEY, OTHER.id()), value), NOW));
        assertThrows(FormatException.class, () -> validators.check(
                new KadRecord(Validators.key(Validators.PUBLIC_KEY, OWNER.id()), new Octets(new byte[3])), NOW));
    }

    @Test
    void aKeyOfNoNamespaceHasNoValue() {
        for (String key : new String[] {"", "/", "/pk", "/pk/", "/ipns/", "/v/x", "pk/x"}) {
            assertThrows(FormatException.class, () -> new Validators().check(new KadRecord(
                    new Octets(key.getBytes(StandardCharsets.US_ASCII)), Octets.NONE), NOW), key);
        }
    }

    @Test
    void theKeyOfANameIsItsNamespaceAndTheBytesOfThePeer() {
        byte[] key = Validators.key(Validators.NAME, OWNER.id()).bytes();
        assertArrayEquals(join("/ipns/".getBytes(StandardCharsets.US_ASCII), OWNER.id().toBytes()), key);
    }

    private static byte[] join(byte[] one, byte[] two) {
        byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        return both;
    }
}
