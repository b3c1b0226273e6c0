// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import java.nio.ByteBuffer;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.storage.Secret;
import io.peerwerk.storage.StorageLink;

/** Files and replicas for tests. */
final class Drives {

    static final Replica LAPTOP = new Replica(1);
    static final Replica PHONE = new Replica(0xfedcba9876543210L);

    private Drives() {
    }

    /** A file whose content is this number. */
    static DriveEntry.File file(int content, long modified) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(content).array();
        var link = new StorageLink(Cid.raw(bytes), Secret.of(new byte[StorageLink.KEY_BYTES]));
        return new DriveEntry.File(link, Multihash.sha256(bytes), content, false, modified);
    }

    /** The content of a file that {@link #file} made. */
    static int content(Shown shown) {
        return (int) ((DriveEntry.File) shown.entry()).bytes();
    }
}
