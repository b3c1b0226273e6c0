// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.identity;

import io.peerwerk.core.wire.FormatException;

/** The kinds of keys that libp2p knows, with their numbers on the wire. */
public enum KeyType {

    RSA(0),
    ED25519(1),
    SECP256K1(2),
    ECDSA(3);

    private final int code;

    KeyType(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** @throws FormatException if no kind has this number */
    static KeyType of(long code) throws FormatException {
        for (KeyType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new FormatException("there is no key type " + code);
    }
}
