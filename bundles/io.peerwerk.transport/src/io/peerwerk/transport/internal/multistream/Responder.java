// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.multistream;

import java.util.function.Predicate;

import io.peerwerk.core.wire.FormatException;

/** The end that takes a proposal it can speak, or says that it is not available. */
public final class Responder {

    /** Proposals that are heard before the initiator is found to be playing. */
    public static final int MAX_PROPOSALS = 32;

    private final Predicate<String> speaks;
    private int proposals;
    private boolean headerSeen;

    /** @param speaks whether a protocol is spoken here */
    public Responder(Predicate<String> speaks) {
        this.speaks = speaks;
    }

    /** Takes one line of the initiator. */
    public Step receive(String line) throws FormatException {
        if (!headerSeen) {
            if (!line.equals(Line.HEADER)) {
                throw new FormatException("the peer does not speak multistream: " + Line.forPeople(line));
            }
            headerSeen = true;
            return new Step.Send(Line.encode(Line.HEADER));
        }
        if (speaks.test(line)) {
            return new Step.Agreed(line, Line.encode(line));
        }
        if (++proposals == MAX_PROPOSALS) {
            throw new FormatException("more than " + MAX_PROPOSALS + " proposals");
        }
        return new Step.Send(Line.encode(Line.NOT_AVAILABLE));
    }
}
