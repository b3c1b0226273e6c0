// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RoleTest {

    @Property
    void rolesAreTheSameAfterTheyWereANumber(@ForAll Set<Role> roles) {
        assertEquals(roles, Role.of(Role.bits(roles)));
    }

    @Test
    void rolesOfLaterVersionsAreNoneHere() {
        assertEquals(Set.of(Role.ROUTING), Role.of(0b10 | 1L << 40 | Long.MIN_VALUE));
    }
}
