// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.seal;

import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Objects;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/** The key stream of AES-256 in counter mode, up to a length. Used by one thread. */
final class PaddingStream extends InputStream {

    private static final int BLOCK = 16;

    private final Cipher cipher;
    private long left;

    /** @param key for this stream only; wiped here */
    PaddingStream(byte[] key, long bytes) {
        left = bytes;
        WipeableKey own = new WipeableKey(key);
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, own, new IvParameterSpec(new byte[BLOCK]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES in counter mode does not work here", e);
        } finally {
            own.destroy();
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        int count = (int) Math.min(left, length);
        byte[] stream = cipher.update(new byte[count]);
        System.arraycopy(stream, 0, target, offset, count);
        left -= count;
        return count;
    }
}
