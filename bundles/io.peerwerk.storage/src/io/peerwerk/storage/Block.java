// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

import io.peerwerk.core.multiformats.Cid;

/**
 * Bytes and the CID that names them. Whether the two belong together is {@linkplain #verified() asked}, not assumed.
 *
 * @param cid the name
 * @param data the bytes from position to limit; shared with whoever made the block, and never changed by anyone. (It is
 *            not read-only, as hashing and sending a read-only buffer copies its bytes first.)
 */
public record Block(Cid cid, ByteBuffer data) {

    /** The most bytes a block may have. */
    public static final int MAX_BYTES = 2 << 20;

    /** Takes a view; the bytes are shared, so the caller must not change them as long as the block is in use. */
    public Block {
        if (data.remaining() > MAX_BYTES) {
            throw new IllegalArgumentException("a block of " + data.remaining() + " bytes is over " + MAX_BYTES);
        }
        data = data.slice();
    }

    /** A block of these raw bytes, named by their SHA-256. */
    public static Block raw(byte[] data) {
        return new Block(Cid.raw(data), ByteBuffer.wrap(data));
    }

    /** The bytes; each call gives a view with a position of its own. */
    @Override
    public ByteBuffer data() {
        return data.duplicate();
    }

    /** How many bytes there are. */
    public int size() {
        return data.remaining();
    }

    /** Writes the bytes. */
    public void writeTo(OutputStream out) throws IOException {
        if (data.hasArray()) {
            out.write(data.array(), data.arrayOffset() + data.position(), data.remaining());
        } else {
            byte[] copy = new byte[data.remaining()];
            data.duplicate().get(copy);
            out.write(copy);
        }
    }

    /** Whether the hash in the CID is the hash of the bytes. */
    public boolean verified() {
        return cid.hash().matches(data());
    }
}
