// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.connectivity;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.nat.Reachability;
import io.peerwerk.ui.internal.Messages;

/** Whether others reach this node, in the words of a user. */
public enum Standing {
    /** Others have dialled it. */
    REACHABLE,
    /** Others cannot dial it, but meet it at a relay. */
    RELAYED,
    /** Others cannot dial it, and there is no relay. */
    UNREACHABLE,
    /** Too few have tried. */
    UNKNOWN,
    /** It listens on this computer alone, so that nobody else can. */
    LOCAL,
    /** It listens nowhere. */
    DEAF,
    /** The module that finds it out is not loaded. */
    UNWATCHED;

    /** Of a node that listens on these addresses; {@code found} is null while nobody finds out. */
    public static Standing of(Collection<Multiaddr> addresses, @Nullable Reachability found) {
        if (found != null) {
            switch (found.reach()) {
                case PUBLIC:
                    return REACHABLE;
                case PRIVATE:
                    return found.relays().isEmpty() ? UNREACHABLE : RELAYED;
                case UNKNOWN:
                    break;
            }
        }
        if (addresses.isEmpty()) {
            return DEAF;
        }
        if (addresses.stream().allMatch(Standing::loopback)) {
            return LOCAL;
        }
        return found == null ? UNWATCHED : found.relays().isEmpty() ? UNKNOWN : RELAYED;
    }

    private static boolean loopback(Multiaddr address) {
        return address.socketAddress().map(a -> a.getAddress() != null && a.getAddress().isLoopbackAddress()).orElse(false);
    }

    /** A few words. */
    public String title() {
        return switch (this) {
            case REACHABLE -> Messages.Standing_reachable;
            case RELAYED -> Messages.Standing_relayed;
            case UNREACHABLE -> Messages.Standing_unreachable;
            case UNKNOWN -> Messages.Standing_unknown;
            case LOCAL -> Messages.Standing_local;
            case DEAF -> Messages.Standing_deaf;
            case UNWATCHED -> Messages.Standing_unwatched;
        };
    }

    /** What it means for the user, and what can be done about it. */
    public String text() {
        return switch (this) {
            case REACHABLE -> Messages.Standing_reachableText;
            case RELAYED -> Messages.Standing_relayedText;
            case UNREACHABLE -> Messages.Standing_unreachableText;
            case UNKNOWN -> Messages.Standing_unknownText;
            case LOCAL -> Messages.Standing_localText;
            case DEAF -> Messages.Standing_deafText;
            case UNWATCHED -> Messages.Standing_unwatchedText;
        };
    }

    /** Name of the icon that goes with it. */
    public String icon() {
        return switch (this) {
            case REACHABLE -> "peer-alive"; //$NON-NLS-1$
            case RELAYED, UNREACHABLE, DEAF -> "peer-suspect"; //$NON-NLS-1$
            case UNKNOWN, LOCAL, UNWATCHED -> "peer-gone"; //$NON-NLS-1$
        };
    }
}
