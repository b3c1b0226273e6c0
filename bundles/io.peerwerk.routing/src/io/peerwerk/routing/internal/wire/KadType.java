// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.wire;

import io.peerwerk.core.wire.FormatException;

/** The kinds of messages, in the order of their numbers. */
public enum KadType {
    PUT_VALUE, GET_VALUE, ADD_PROVIDER, GET_PROVIDERS, FIND_NODE, PING;

    private static final KadType[] ALL = values();

    static KadType of(long number) throws FormatException {
        if (number < 0 || number >= ALL.length) {
            throw new FormatException("there is no message of type " + number);
        }
        return ALL[(int) number];
    }
}
