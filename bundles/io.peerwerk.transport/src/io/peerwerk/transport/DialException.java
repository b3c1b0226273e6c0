// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.peerwerk.core.multiformats.Multiaddr;

/** A peer could not be reached. */
public class DialException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What went wrong with each address, in the order of the attempts. */
    private final transient Map<Multiaddr, String> reasons;

    /**
     * @param peer    the peer that was dialled, in words for people
     * @param reasons what went wrong with each address; empty if there was none to try
     */
    public DialException(String peer, Map<Multiaddr, String> reasons) {
        super(message(peer, reasons));
        this.reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
    }

    /** What went wrong with each address, in the order of the attempts. */
    public Map<Multiaddr, String> reasons() {
        return reasons == null ? Map.of() : reasons;
    }

    private static String message(String peer, Map<Multiaddr, String> reasons) {
        if (reasons.isEmpty()) {
            return "cannot reach " + peer + ": no address of it is known";
        }
        return reasons.entrySet().stream().map(e -> e.getKey() + " (" + e.getValue() + ")")
                .collect(Collectors.joining(", ", "cannot reach " + peer + ": ", ""));
    }
}
