// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import io.peerwerk.core.multiformats.Multiaddr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRulesTest {

    private static final AddressRules PUBLIC = new AddressRules(true, false);
    private static final AddressRules LOCAL = new AddressRules(false, false);
    private static final AddressRules MACHINE = new AddressRules(false, true);

    @ParameterizedTest
    @CsvSource({
        "/ip4/8.8.8.8/tcp/1,            public",
        "/ip4/8.8.8.8/udp/1/quic-v1,    public",
        "/ip6/2001:4860::1/tcp/1,       public",
        "/ip4/172.15.0.1/tcp/1,         public",
        "/ip4/172.16.0.1/tcp/1,         local",
        "/ip4/172.31.0.1/tcp/1,         local",
        "/ip4/172.32.0.1/tcp/1,         public",
        "/ip4/10.1.2.3/tcp/1,           local",
        "/ip4/192.168.1.2/tcp/1,        local",
        "/ip4/100.63.0.1/tcp/1,         public",
        "/ip4/100.64.0.1/tcp/1,         local",
        "/ip6/fd00::1/tcp/1,            local",
        "/ip6/::ffff:10.0.0.1/tcp/1,    local",
        "/ip6/::ffff:8.8.8.8/tcp/1,     public",
        "/ip4/127.0.0.1/tcp/1,          machine",
        "/ip6/::1/tcp/1,                machine",
        "/ip6/::ffff:127.0.0.1/tcp/1,   machine",
        "/ip4/0.0.0.0/tcp/1,            nowhere",
        "/ip6/::/tcp/1,                 nowhere",
        "/ip4/169.254.169.254/tcp/80,   nowhere",
        "/ip6/fe80::1/tcp/1,            nowhere",
        "/ip4/224.0.0.1/udp/1,          nowhere",
        "/ip6/ff02::1/udp/1,            nowhere",
        "/ip4/255.255.255.255/tcp/1,    nowhere",
        "/dns4/example.org/tcp/1,       nowhere"})
    void eachAddressBelongsIntoOneTable(String text, String table) {
        Multiaddr address = Multiaddr.of(text.strip());
        assertEquals(table.equals("public"), PUBLIC.isDiallable(address), "public");
        assertEquals(table.equals("local"), LOCAL.isDiallable(address), "local");
        assertEquals(table.equals("local") || table.equals("machine"), MACHINE.isDiallable(address), "machine");
    }

    @ParameterizedTest
    @CsvSource({"/ip4/8.8.8.8/tcp/1/p2p/12D3KooWEcbFA3NABj1GVJ1z5sbrhRPrn1XqsEYbWybR4y2qbQFy/p2p-circuit",
        "/dns4/example.org/tcp/443"})
    void whatIsReachedThroughOthersIsToldAndNotAsked(String text) {
        List<Multiaddr> address = List.of(Multiaddr.of(text));
        assertEquals(List.of(), PUBLIC.diallable(address));
        assertEquals(address, PUBLIC.tellable(address));
        assertEquals(address, LOCAL.tellable(address));
    }

    @ParameterizedTest
    @CsvSource({"/ip4/10.0.0.1/tcp/1, false, true", "/ip4/127.0.0.1/tcp/1, false, false", "/ip4/8.8.8.8/tcp/1, true, true",
        "/ip4/169.254.169.254/tcp/80, false, false"})
    void whatBelongsToThisSiteIsNotToldToThePublic(String text, boolean toPublic, boolean toLocal) {
        List<Multiaddr> address = List.of(Multiaddr.of(text));
        assertEquals(toPublic, !PUBLIC.tellable(address).isEmpty());
        assertEquals(toLocal, !LOCAL.tellable(address).isEmpty());
    }
}
