// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.rendezvous;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.identity.Envelope;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Discover;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.DiscoverResponse;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Register;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.RegisterResponse;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Unregister;

/** Bytes written by hand from the specification's protobuf, in the order in which rust-libp2p writes its fields. */
class RendezvousCodecTest {

    private static final Register REGISTER = new Register("my-app", new Opaque(new byte[] {0x0a, 0x0b}), 7200);

    @Test
    void aRegistrationIsWrittenAsSpecified() throws FormatException {
        // type 0 | register 2: ns 1 "my-app", signedPeerRecord 2 two bytes, ttl 3 7200
        same("0800" + "120f" + "0a066d792d617070" + "12020a0b" + "18a038", RendezvousCodec.encode(REGISTER));
        assertEquals(REGISTER, RendezvousCodec.decodeRequest(RendezvousCodec.encode(REGISTER)));
    }

    @Test
    void aRegistrationWithNoTimeLeavesItOut() {
        same("0800" + "120c" + "0a066d792d617070" + "12020a0b",
                RendezvousCodec.encode(new Register("my-app", REGISTER.signedRecord(), 0)));
    }

    @Test
    void anAnswerToARegistrationIsWrittenAsSpecified() throws FormatException {
        var accepted = new RegisterResponse(Status.OK, "", 7200);
        same("0801" + "1a05" + "0800" + "18a038", RendezvousCodec.encode(accepted));
        assertEquals(accepted, RendezvousCodec.decodeRegisterResponse(RendezvousCodec.encode(accepted)));

        var refused = new RegisterResponse(Status.UNAVAILABLE, "no", 0);
        same("0801" + "1a07" + "089003" + "12026e6f", RendezvousCodec.encode(refused));
        assertEquals(refused, RendezvousCodec.decodeRegisterResponse(RendezvousCodec.encode(refused)));
    }

    @Test
    void aFarewellIsWrittenAsSpecified() throws FormatException {
        same("0802" + "2208" + "0a066d792d617070", RendezvousCodec.encode(new Unregister("my-app")));
        assertEquals(new Unregister("my-app"), RendezvousCodec.decodeRequest(hex("0802" + "2208" + "0a066d792d617070")));
        // the peer's id in field 2 is out of use
        assertEquals(new Unregister("my-app"), RendezvousCodec.decodeRequest(hex("0802" + "220b" + "0a066d792d617070" + "120101")));
    }

    @Test
    void aSearchIsWrittenAsSpecified() throws FormatException {
        same("0803" + "2a00", RendezvousCodec.encode(new Discover("", 0, Opaque.NONE)));
        var search = new Discover("my-app", 100, new Opaque(new byte[] {1, 2, 3}));
        same("0803" + "2a0f" + "0a066d792d617070" + "1064" + "1a03010203", RendezvousCodec.encode(search));
        assertEquals(search, RendezvousCodec.decodeRequest(RendezvousCodec.encode(search)));
    }

    @Test
    void anAnswerToASearchIsWrittenAsSpecified() throws FormatException {
        var response = new DiscoverResponse(List.of(REGISTER), new Opaque(new byte[] {9}), Status.OK, "");
        same("0804" + "3216" + "0a0f" + "0a066d792d617070" + "12020a0b" + "18a038" + "120109" + "1800",
                RendezvousCodec.encode(response));
        assertEquals(response, RendezvousCodec.decodeDiscoverResponse(RendezvousCodec.encode(response)));
    }

    @Test
    void fieldsMayComeInAnyOrderAndUnknownOnesAreSkipped() throws FormatException {
        assertEquals(new Unregister("a"), RendezvousCodec.decodeRequest(hex("7a0101" + "2203" + "0a0161" + "0802")));
    }

    @Test
    void aMessageWithoutATypeOrWithoutItsBodyIsRefused() {
        assertThrows(FormatException.class, () -> RendezvousCodec.decodeRequest(hex("")));
        assertThrows(FormatException.class, () -> RendezvousCodec.decodeRequest(hex("0803")));
        assertThrows(FormatException.class, () -> RendezvousCodec.decodeRequest(hex("2a00")));
        assertThrows(FormatException.class, () -> RendezvousCodec.decodeRequest(hex("0803" + "2203" + "0a0161")));
        assertThrows(FormatException.class, () -> RendezvousCodec.decodeRequest(hex("0805" + "3a00")));
        assertThrows(FormatException.class, () -> RendezvousCodec.decodeRequest(hex("08ffffffffffffffffff01" + "2a00")));
    }

    @Test
    void anAnswerIsNoRequestAndARequestNoAnswer() {
        assertThrows(FormatException.class, () -> RendezvousCodec.decodeRequest(hex("0801" + "1a00")));
        assertThrows(FormatException.class, () -> RendezvousCodec.decodeRegisterResponse(hex("0803" + "2a00")));
        assertThrows(FormatException.class, () -> RendezvousCodec.decodeDiscoverResponse(hex("0801" + "1a00")));
    }

    @Test
    void anUnknownStatusIsRefused() {
        assertThrows(FormatException.class, () -> RendezvousCodec.decodeRegisterResponse(hex("0801" + "1a02" + "0801")));
    }

    @Test
    void aTimeBeyondALongIsTheLongest() throws FormatException {
        var register = (Register) RendezvousCodec.decodeRequest(hex("0800" + "120b" + "18ffffffffffffffffff01"));
        assertEquals(Long.MAX_VALUE, register.ttl());
    }

    @Test
    void aRequestThatIsTooLongIsRefused() {
        byte[] fits = padded(RendezvousCodec.MAX_REQUEST);
        byte[] longer = padded(RendezvousCodec.MAX_REQUEST + 1);
        assertEquals(RendezvousCodec.MAX_REQUEST, fits.length);
        assertDoesNotThrow(() -> RendezvousCodec.decodeRequest(fits));
        assertThrows(FormatException.class, () -> RendezvousCodec.decodeRequest(longer));
    }

    private static byte[] padded(int length) {
        byte[] start = RendezvousCodec.encode(new Unregister("a"));
        byte[] pad = new ProtoWriter().bytes(15, new byte[length - start.length - 3]).toBytes();
        byte[] all = Arrays.copyOf(start, start.length + pad.length);
        System.arraycopy(pad, 0, all, start.length, pad.length);
        return all;
    }

    @Test
    void aRecordThatIsTooLongIsRefused() {
        var big = new Register("a", new Opaque(new byte[Envelope.MAX_BYTES + 1]), 0);
        assertThrows(FormatException.class, () -> RendezvousCodec.decodeRequest(RendezvousCodec.encode(big)));
    }

    @Test
    void soManyRegistrationsAreReadAndOneMoreIsRefused() throws FormatException {
        assertEquals(RendezvousCodec.MAX_REGISTRATIONS, RendezvousCodec
                .decodeDiscoverResponse(with(RendezvousCodec.MAX_REGISTRATIONS)).registrations().size());
        assertThrows(FormatException.class,
                () -> RendezvousCodec.decodeDiscoverResponse(with(RendezvousCodec.MAX_REGISTRATIONS + 1)));
    }

    private static byte[] with(int registrations) {
        return RendezvousCodec.encode(new DiscoverResponse(Collections.nCopies(registrations, REGISTER), Opaque.NONE,
                Status.OK, ""));
    }

    private static void same(String expected, byte[] actual) {
        assertEquals(expected, HexFormat.of().formatHex(actual));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
