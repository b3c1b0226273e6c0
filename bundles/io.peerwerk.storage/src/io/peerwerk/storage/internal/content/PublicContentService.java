// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.BlockStores;
import io.peerwerk.storage.ContentEntry;
import io.peerwerk.storage.ContentPath;
import io.peerwerk.storage.ContentProfile;
import io.peerwerk.storage.Fetched;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.PublicContent;
import io.peerwerk.storage.PublicStatus;
import io.peerwerk.storage.Swept;
import io.peerwerk.storage.internal.bitswap.BlockSource;
import io.peerwerk.storage.internal.bitswap.runtime.Bitswap;
import io.peerwerk.storage.internal.bitswap.runtime.BitswapOptions;
import io.peerwerk.storage.internal.blocks.Folders;
import io.peerwerk.storage.internal.blocks.LogBlockStores;
import io.peerwerk.storage.internal.runtime.ChosenStore;
import io.peerwerk.storage.internal.runtime.Gate;
import io.peerwerk.storage.internal.unixfs.Profile;
import io.peerwerk.storage.internal.unixfs.UnixFsImporter;
import io.peerwerk.transport.Host;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public content of one node: a component while a host and a configuration are there, or an object of its
 * constructor's caller. Where no routing is loaded, connected peers alone are served and asked.
 *
 * <p>Configuration {@value #PID}: {@code directory} (a path, for nothing else), {@code limit} (bytes of the disk,
 * {@value PublicOptions#DEFAULT_LIMIT} if there is none), {@code blockStore} (the {@linkplain BlockStores#name() name} of
 * a kind of block store, {@value BlockStores#LOG} if there is none).
 */
@Component(service = PublicContent.class, immediate = true, configurationPid = PublicContentService.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class PublicContentService implements PublicContent, AutoCloseable {

    /** The name of the configuration. */
    public static final String PID = "io.peerwerk.storage.public";

    private static final Logger LOG = LoggerFactory.getLogger(PublicContentService.class);

    private final ChosenStore store;
    private final Pins pins;
    private final Bitswap bitswap;
    private final Announcer announcer;
    private final Sweeper sweeper;
    private final Node node;
    private final Gate gate = new Gate();

    /** Opens what the configuration says; called by the component runtime. */
    @Activate
    public PublicContentService(@Reference Host host, Map<String, Object> configuration) throws IOException {
        this(host, options(configuration),
                configuration.get("blockStore") instanceof String name ? name : BlockStores.LOG);
    }

    /**
     * Opens a log and serves it.
     *
     * @param providers who knows where content is; null where nobody does
     * @throws IOException where the directory cannot be used or another node uses it
     */
    public PublicContentService(Host host, PublicOptions options, @Nullable Providers providers) throws IOException {
        this(host, options, BlockStores.LOG);
        try {
            open(new LogBlockStores());
        } catch (IOException e) {
            close();
            throw e;
        }
        if (providers != null) {
            addProviders(providers);
        }
    }

    private PublicContentService(Host host, PublicOptions options, String blockStore) throws IOException {
        Path directory = options.directory();
        Folders.create(directory);
        pins = new Pins(directory.resolve("pins"));
        store = new ChosenStore(blockStore, directory, options.limit());
        bitswap = new Bitswap(host, BlockSource.of(store), BitswapOptions.standard(), new SecureRandom());
        announcer = new Announcer(pins);
        Holds holds = new Holds();
        sweeper = new Sweeper(store, pins, holds);
        node = new Node(host, store, bitswap, holds, sweeper, announcer::providers, options.patience(), gate::isClosing);
    }

    private static PublicOptions options(Map<String, Object> configuration) {
        if (!(configuration.get("directory") instanceof String directory)) {
            throw new IllegalArgumentException("the configuration " + PID + " names no directory");
        }
        PublicOptions options = PublicOptions.in(Path.of(directory));
        return configuration.get("limit") instanceof Number bytes ? options.withLimit(bytes.longValue()) : options;
    }

    /** A module that keeps block stores is there. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addBlockStores(BlockStores kind) {
        try {
            open(kind);
        } catch (IOException e) {
            LOG.error("the block store \"{}\" of public content cannot be opened", kind.name(), e);
        }
    }

    /** It goes: until it comes back no block is here. */
    void removeBlockStores(BlockStores kind) {
        try {
            store.go(kind);
        } catch (IOException e) {
            LOG.warn("the block store \"{}\" of public content was not closed in order", kind.name(), e);
        }
    }

    private void open(BlockStores kind) throws IOException {
        if (store.come(kind)) {
            announcer.announceAll();
        }
    }

    /** The routing is there. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void addProviders(Providers providers) {
        announcer.come(providers);
    }

    /** It goes. */
    void removeProviders(Providers providers) {
        announcer.go(providers);
    }

    /** What one call does. */
    @FunctionalInterface
    private interface Work<T> {
        T run(Transfer transfer) throws IOException;
    }

    private <T> T transfer(Progress progress, Work<T> work) throws IOException {
        return gate.pass(() -> {
            try (Transfer transfer = new Transfer(node, progress)) {
                return work.run(transfer);
            } catch (IOException e) {
                throw Sentences.of(e);
            } catch (UncheckedIOException e) {
                throw Sentences.of(e);
            } catch (DirectoryIteratorException e) {
                throw Sentences.of(e.getCause());
            }
        });
    }

    @Override
    public Cid add(Path source, ContentProfile profile, Progress progress) throws IOException {
        return transfer(progress, transfer -> {
            Cid root = new SourceFiles(transfer, new UnixFsImporter(profile(profile), transfer)).add(source).cid();
            transfer.flush();
            keep(root);
            return root;
        });
    }

    private static Profile profile(ContentProfile profile) {
        return switch (profile) {
            case UNIXFS_V0_2015 -> Profile.UNIXFS_V0_2015;
            case CID_V1_256K -> Profile.CID_V1_256K;
            case HELIA -> Profile.HELIA;
            case UNIXFS_V1_2025 -> Profile.UNIXFS_V1_2025;
        };
    }

    /** The transfer that holds its blocks is not yet closed. */
    private void keep(Cid root) throws IOException {
        if (pins.add(root)) {
            announcer.announce(root);
        }
    }

    @Override
    public Fetched get(ContentPath path, Path target, Progress progress) throws IOException {
        return transfer(progress, transfer -> new Download(transfer).run(path, target));
    }

    @Override
    public List<ContentEntry> list(ContentPath path, Progress progress) throws IOException {
        return transfer(progress, transfer -> new Listing(transfer).run(path));
    }

    @Override
    public void pin(Cid root, Progress progress) throws IOException {
        transfer(progress, transfer -> {
            transfer.phase("fetching", 0);
            DagFetch.all(transfer, root, DagFetch.Links.ALL);
            keep(root);
            return root;
        });
    }

    @Override
    public boolean unpin(Cid root) throws IOException {
        boolean was = pins.remove(root);
        if (was) {
            announcer.withdraw(root);
        }
        return was;
    }

    @Override
    public List<Cid> pins() {
        return pins.roots();
    }

    @Override
    public Swept sweep(Progress progress) throws IOException {
        return transfer(progress, transfer -> sweeper.sweep((done, all) -> {
            transfer.check();
            progress.update(Math.min(done, all), all, "sweeping");
        }));
    }

    @Override
    public void exportCar(Cid root, Path target, Progress progress) throws IOException {
        transfer(progress, transfer -> {
            new Archives(transfer).write(root, target);
            return root;
        });
    }

    @Override
    public List<Cid> importCar(Path source, Progress progress) throws IOException {
        return transfer(progress, transfer -> {
            List<Cid> roots = new Archives(transfer).read(source);
            for (Cid root : roots) {
                keep(root);
            }
            return roots;
        });
    }

    @Override
    public PublicStatus status() {
        return new PublicStatus(store.quota(), store.used(), store.blockCount(), pins.size());
    }

    /** What gives and gets the blocks. */
    Bitswap bitswap() {
        return bitswap;
    }

    /** Transfers end with a clear error, then the files are closed; blocks. */
    @Override
    @Deactivate
    public void close() throws IOException {
        if (!gate.close()) {
            return;
        }
        gate.await();
        announcer.close();
        bitswap.close();
        store.close();
    }
}
