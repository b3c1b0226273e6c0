// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a member says it does for others. On the wire each is a bit, in this order; new ones come at the end. */
public enum Role {
    /** It keeps data of others. */
    STORAGE,
    /** It answers lookups of the distributed hash table. */
    ROUTING,
    /** It passes on connections to peers that cannot be dialled. */
    RELAY;

    /** The name that people and the command line use: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The roles as a number. */
    public static long bits(Collection<Role> roles) {
        long bits = 0;
        for (Role role : roles) {
            bits |= 1L << role.ordinal();
        }
        return bits;
    }

    /** The roles that a number stands for; bits of later versions stand for nothing here. */
    public static Set<Role> of(long bits) {
        var roles = EnumSet.noneOf(Role.class);
        for (Role role : values()) {
            if ((bits & 1L << role.ordinal()) != 0) {
                roles.add(role);
            }
        }
        return Set.copyOf(roles);
    }
}
