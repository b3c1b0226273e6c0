// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.dial;

import java.util.Collection;
import java.util.function.Supplier;

import io.peerwerk.core.multiformats.Multiaddr;

/**
 * Which addresses are dialled that others have told of. Loopback and link-local addresses mean another machine to
 * whoever told of them: dialled here they would reach services that trust this machine. So they are dialled only by a
 * host that is in that neighbourhood itself: one that is bound to nothing farther away, or has a live connection there.
 *
 * <p>What the user has typed needs no gate.
 */
public final class AddressGate {

    private final Supplier<? extends Collection<Multiaddr>> bound;
    private final Supplier<? extends Collection<Multiaddr>> connected;

    /**
     * @param bound     the addresses this host listens on, with no wildcards
     * @param connected the remote addresses of its live connections
     */
    public AddressGate(Supplier<? extends Collection<Multiaddr>> bound,
            Supplier<? extends Collection<Multiaddr>> connected) {
        this.bound = bound;
        this.connected = connected;
    }

    /** Whether an address, with no name in it any more, may be dialled. */
    public boolean permits(Multiaddr address) {
        return switch (AddressScope.of(address)) {
            case NOWHERE -> false;
            case MACHINE -> bound.get().stream().allMatch(own -> AddressScope.of(own) == AddressScope.MACHINE)
                    || isConnectedWithin(AddressScope.MACHINE);
            case LINK -> bound.get().stream().anyMatch(own -> AddressScope.of(own) == AddressScope.LINK)
                    || isConnectedWithin(AddressScope.LINK);
            case SITE, EVERYWHERE -> true;
        };
    }

    private boolean isConnectedWithin(AddressScope scope) {
        return connected.get().stream().anyMatch(remote -> AddressScope.of(remote) == scope);
    }
}
