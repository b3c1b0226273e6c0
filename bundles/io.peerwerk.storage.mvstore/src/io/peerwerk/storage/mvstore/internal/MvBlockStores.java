// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.mvstore.internal;

import java.io.IOException;
import java.nio.file.Path;

import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.BlockStores;
import org.osgi.service.component.annotations.Component;

/** Publishes stores in H2's MVStore, named {@code mvstore}. */
@Component(service = BlockStores.class)
public final class MvBlockStores implements BlockStores {

    @Override
    public String name() {
        return "mvstore";
    }

    @Override
    public BlockStore open(Path folder, long quota) throws IOException {
        return new MvBlockStore(folder, quota);
    }
}
