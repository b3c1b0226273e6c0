// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.io.IOException;
import java.nio.file.Path;

import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.BlockStores;
import org.osgi.service.component.annotations.Component;

/** Publishes the append-only log. */
@Component(service = BlockStores.class)
public final class LogBlockStores implements BlockStores {

    @Override
    public String name() {
        return LOG;
    }

    @Override
    public BlockStore open(Path folder, long quota) throws IOException {
        return new LogBlockStore(folder, LogOptions.quota(quota));
    }
}
