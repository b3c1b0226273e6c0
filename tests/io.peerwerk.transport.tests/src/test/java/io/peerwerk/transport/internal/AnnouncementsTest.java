// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.peerwerk.core.Registration;
import io.peerwerk.core.multiformats.Multiaddr;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {

    private static final Multiaddr OUTSIDE = Multiaddr.of("/ip4/192.0.2.1/tcp/4001");

    private final AtomicInteger changes = new AtomicInteger();
    private final Announcements announcements = new Announcements(changes::incrementAndGet);

    @Test
    void anAddressStaysUntilTheLastHolderHasLetGo() {
        Registration first = announcements.add(OUTSIDE);
        Registration second = announcements.add(OUTSIDE);
        assertEquals(List.of(OUTSIDE), announcements.all());
        first.close();
        first.close();
        assertEquals(List.of(OUTSIDE), announcements.all());
        second.close();
        assertEquals(List.of(), announcements.all());
        assertEquals(2, changes.get(), "told when it came and when it went");
    }

    @Test
    void anAddressCanComeAgain() {
        announcements.add(OUTSIDE).close();
        announcements.add(OUTSIDE);
        assertEquals(List.of(OUTSIDE), announcements.all());
        assertEquals(3, changes.get());
    }
}
