// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PeerRecord;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import org.junit.jupiter.api.Test;

class AddressBookTest {

    private static final Multiaddr GOOD = Multiaddr.of("/ip4/192.0.2.1/tcp/1");

    private final AddressBook book = new AddressBook();
    private final PeerId peer = Identity.generate(new SecureRandom()).id();

    @Test
    void theBookIsBoundedAndKeepsWhatWorked() throws FormatException {
        book.worked(peer, GOOD);
        List<Multiaddr> claims = ports(1, 100);
        book.remember(peer, claims);
        assertEquals(AddressBook.MAX_ADDRESSES, book.known(peer).size());
        assertEquals(GOOD, book.known(peer).getFirst());
        assertTrue(book.known(peer).contains(claims.getLast()));
        for (int i = 0; i < AddressBook.MAX_PEERS; i++) {
            book.remember(stranger(i), List.of(GOOD));
        }
        assertEquals(List.of(), book.known(peer));
    }

    /** As many records of invented peers as one likes make no more entries than there is room for. */
    @Test
    void recordsOfVeryManyPeersAreBoundedToo() throws FormatException {
        for (int i = 0; i < 2 * AddressBook.MAX_PEERS; i++) {
            book.certify(new PeerRecord(stranger(i), i, List.of(GOOD)));
        }
        assertEquals(List.of(), book.known(stranger(0)));
        assertEquals(List.of(GOOD), book.known(stranger(2 * AddressBook.MAX_PEERS - 1)));
    }

    @Test
    void signedAddressesComeBeforeUnsignedOnesAndOutliveThem() {
        book.remember(peer, ports(1, 10));
        assertTrue(book.certify(new PeerRecord(peer, 7, ports(100, 103))));
        assertEquals(ports(100, 103), book.known(peer).subList(0, 3));
        book.remember(peer, ports(200, 300));
        assertEquals(ports(100, 103), book.known(peer).subList(0, 3));
        assertEquals(AddressBook.MAX_ADDRESSES, book.known(peer).size());
    }

    @Test
    void aNewerRecordTakesThePlaceOfAnOlderOneAndNotTheOtherWayRound() {
        book.certify(new PeerRecord(peer, 7, ports(100, 103)));
        assertTrue(book.certify(new PeerRecord(peer, 8, ports(103, 104))));
        assertEquals(ports(103, 104), book.known(peer));
        assertFalse(book.certify(new PeerRecord(peer, 7, ports(100, 103))));
        assertEquals(ports(103, 104), book.known(peer));
        assertTrue(book.certify(new PeerRecord(peer, 8, ports(103, 104))), "known already");
    }

    @Test
    void theNumbersOfRecordsAreUnsigned() {
        book.certify(new PeerRecord(peer, Long.MAX_VALUE, ports(1, 2)));
        assertTrue(book.certify(new PeerRecord(peer, -1, ports(2, 3))));
        assertFalse(book.certify(new PeerRecord(peer, 5, ports(3, 4))));
    }

    @Test
    void whereAPeerWasReachedComesFirstEvenIfItsRecordSaysNothingOfIt() {
        book.certify(new PeerRecord(peer, 7, ports(1, 30)));
        book.worked(peer, GOOD);
        assertEquals(GOOD, book.known(peer).getFirst());
        assertEquals(AddressBook.MAX_ADDRESSES, book.known(peer).size());
        book.certify(new PeerRecord(peer, 8, ports(40, 41)));
        assertEquals(GOOD, book.known(peer).getFirst());
        assertEquals(2, book.known(peer).size());
    }

    @Test
    void noAddressIsThereTwice() {
        book.remember(peer, ports(1, 3));
        book.certify(new PeerRecord(peer, 7, ports(1, 4)));
        book.worked(peer, ports(2, 3).getFirst());
        book.remember(peer, ports(1, 4));
        assertEquals(3, book.known(peer).size());
    }

    private static List<Multiaddr> ports(int from, int to) {
        return IntStream.range(from, to).mapToObj(port -> Multiaddr.of("/ip4/192.0.2.2/tcp/" + port)).toList();
    }

    private static PeerId stranger(int number) throws FormatException {
        byte[] multihash = new byte[34];
        multihash[0] = 0x12;
        multihash[1] = 32;
        multihash[2] = (byte) number;
        multihash[3] = (byte) (number >> 8);
        return PeerId.read(multihash);
    }
}
