// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.manifest;

import java.util.Arrays;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.Secret;
import io.peerwerk.storage.StorageLink;

/**
 * A link as a record, which is as secret as the link.
 *
 * <pre>
 *   link: 1 CID of the manifest 2 key
 * </pre>
 */
public final class LinkRecord {

    private LinkRecord() {
    }

    /** The record; what is made of it the caller wipes. */
    public static ProtoWriter write(StorageLink link) {
        byte[] key = link.key().bytes();
        try {
            return new ProtoWriter().bytes(1, link.root().toBytes()).bytes(2, key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Reads a record. */
    public static StorageLink read(ProtoReader in) throws FormatException {
        byte[] root = new byte[0];
        byte[] key = new byte[0];
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> root = in.bytes(Cid.MAX_BYTES);
                case 2 -> key = in.bytes(StorageLink.KEY_BYTES);
                default -> in.skip();
            }
        }
        try {
            return new StorageLink(Cid.read(root), Secret.of(key));
        } catch (IllegalArgumentException e) {
            throw new FormatException("a link whose key has " + key.length + " bytes", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
