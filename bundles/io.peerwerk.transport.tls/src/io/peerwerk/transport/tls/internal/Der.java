// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls.internal;

import java.io.IOException;
import java.util.Arrays;

import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;

import io.peerwerk.core.wire.FormatException;

/**
 * ASN.1 in its one canonical form. Bouncy Castle's parser bounds the nesting; what it is lenient about is refused here,
 * since what is read must be written the same again: signatures are over bytes.
 */
final class Der {

    private Der() {
    }

    /** Reads a value of a kind that must fill the bytes, whose length the caller has bounded. */
    static <T extends ASN1Primitive> T read(byte[] bytes, Class<T> kind) throws FormatException {
        try {
            ASN1Primitive value = ASN1Primitive.fromByteArray(bytes);
            if (!kind.isInstance(value) || !Arrays.equals(value.getEncoded(ASN1Encoding.DER), bytes)) {
                throw new FormatException("not the " + kind.getSimpleName() + " in DER that was to be there");
            }
            return kind.cast(value);
        } catch (FormatException e) {
            throw e;
        } catch (IOException | IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw new FormatException("malformed ASN.1: " + e.getMessage());
        }
    }
}
