// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.multistream;

import java.util.List;

import io.peerwerk.core.wire.FormatException;

/** The end that proposes protocols, the one it likes best first. */
public final class Proposer {

    private static final byte[] NOTHING = {};

    private final List<String> protocols;
    private int proposed;
    private boolean headerSeen;

    /** @param protocols what to propose, in order; at least one */
    public Proposer(List<String> protocols) {
        if (protocols.isEmpty()) {
            throw new IllegalArgumentException("nothing to propose");
        }
        this.protocols = List.copyOf(protocols);
    }

    /** What to send first: the header and the first proposal together. */
    public byte[] start() {
        return Line.encode(Line.HEADER, protocols.getFirst());
    }

    /** Takes one line of the responder. */
    public Step receive(String line) throws FormatException {
        if (!headerSeen) {
            if (!line.equals(Line.HEADER)) {
                throw new FormatException("the peer does not speak multistream: " + Line.forPeople(line));
            }
            headerSeen = true;
            return new Step.Wait();
        }
        if (line.equals(protocols.get(proposed))) {
            return new Step.Agreed(line, NOTHING);
        }
        if (!line.equals(Line.NOT_AVAILABLE)) {
            throw new FormatException("an answer that fits no proposal: " + Line.forPeople(line));
        }
        proposed++;
        return proposed == protocols.size() ? new Step.NothingInCommon()
                : new Step.Send(Line.encode(protocols.get(proposed)));
    }
}
