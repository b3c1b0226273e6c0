// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import io.peerwerk.core.Registration;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.gossip.Membership;
import io.peerwerk.storage.BlockStores;
import io.peerwerk.storage.Convergence;
import io.peerwerk.storage.DurabilityPlan;
import io.peerwerk.storage.DurabilityTarget;
import io.peerwerk.storage.Fetched;
import io.peerwerk.storage.Health;
import io.peerwerk.storage.NetworkConditions;
import io.peerwerk.storage.PrivateContent;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.Promise;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.Secret;
import io.peerwerk.storage.Storage;
import io.peerwerk.storage.StorageEvent;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.StorageListener;
import io.peerwerk.storage.StorageStatus;
import io.peerwerk.storage.StoredItem;
import io.peerwerk.storage.internal.blocks.Folders;
import io.peerwerk.storage.internal.blocks.LogBlockStores;
import io.peerwerk.storage.internal.exchange.BlockClient;
import io.peerwerk.storage.internal.exchange.BlockServer;
import io.peerwerk.storage.internal.exchange.Holder;
import io.peerwerk.storage.internal.manifest.Manifest;
import io.peerwerk.storage.internal.repair.Auditor;
import io.peerwerk.storage.internal.repair.Census;
import io.peerwerk.storage.internal.repair.RepairFigures;
import io.peerwerk.storage.internal.seal.AeadWarmUp;
import io.peerwerk.storage.internal.transfer.Control;
import io.peerwerk.storage.internal.transfer.FileReader;
import io.peerwerk.storage.internal.transfer.GetTransfer;
import io.peerwerk.storage.internal.transfer.ManifestReader;
import io.peerwerk.storage.internal.transfer.Peers;
import io.peerwerk.storage.internal.transfer.PutKeys;
import io.peerwerk.storage.internal.transfer.PutTransfer;
import io.peerwerk.storage.internal.transfer.Rotation;
import io.peerwerk.storage.internal.transfer.TransferContext;
import io.peerwerk.storage.internal.transfer.TransferContext.Timing;
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
 * The storage of one node: a component while a host, a membership and a configuration are there, or an object of its
 * constructor's caller.
 *
 * <p>Configuration {@code io.peerwerk.storage}: {@code directory} (a path), {@code offer} (bytes, optional), {@code
 * repairDelay} and {@code auditPeriod} (milliseconds, optional), {@code blockStore} (the {@linkplain BlockStores#name()
 * name} of a kind of block store, {@value BlockStores#LOG} if there is none).
 */
@Component(service = {Storage.class, PrivateContent.class}, immediate = true, configurationPid = "io.peerwerk.storage",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class StorageService implements Storage, PrivateContent, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StorageService.class);
    /** How long a peer may be silent in the middle of a request. */
    private static final Duration SILENCE = Duration.ofSeconds(10);
    /** What a repair of a file is taken to achieve, reading and sending: 4 MB/s, a slow line of a home. */
    private static final long REPAIR_BYTES_A_MILLI = 4_000;
    /** What gossip needs to find that a peer is gone. */
    private static final Duration DETECTION = Duration.ofSeconds(10);
    private static final Duration LONGEST_REPAIR = Duration.ofDays(365);

    private final Membership membership;
    private final InstantSource clock;
    private final SecureRandom random;
    private final ChosenStore store;
    private final Catalogue catalogue;
    private final Secret convergence;
    private final Offer offer;
    private final Events events;
    private final ExecutorService workers;
    private final TransferContext context;
    private final Auditor auditor;
    private final Registration server;
    private final Registration members;
    private final Gate gate = new Gate();
    private final Settling settling;
    private final MeasuredLifetimes lifetimes;
    /** From a loss to the begin of its repair, the longest: no change of the membership tells of it. */
    private final Duration repairWait;
    private final AeadWarmUp warmUp = new AeadWarmUp();

    /** Opens the storage as the configuration says; called by the component runtime. */
    @Activate
    public StorageService(@Reference Host host, @Reference Membership membership, Map<String, Object> configuration)
            throws IOException {
        this(host, membership, options(configuration), InstantSource.system(), new SecureRandom(),
                configuration.get("blockStore") instanceof String name ? name : BlockStores.LOG);
    }

    /**
     * Opens a log and serves it.
     *
     * @throws IOException where the directory cannot be used or another node uses it
     */
    public StorageService(Host host, Membership membership, StorageOptions options, InstantSource clock,
            SecureRandom random) throws IOException {
        this(host, membership, options, clock, random, BlockStores.LOG);
        try {
            open(new LogBlockStores());
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private StorageService(Host host, Membership membership, StorageOptions options, InstantSource clock,
            SecureRandom random, String blockStore) throws IOException {
        this.membership = membership;
        this.clock = clock;
        this.random = random;
        settling = new Settling(options.timing().patience());
        Path directory = options.directory();
        Folders.create(directory);
        offer = new Offer(directory.resolve("offer"), options.offer());
        catalogue = new Catalogue(directory.resolve("catalogue"));
        lifetimes = new MeasuredLifetimes(directory.resolve("lifetimes"), clock);
        repairWait = options.repairDelay().plus(options.auditPeriod()).plus(DETECTION);
        convergence = ConvergenceFile.open(directory.resolve("convergence"), random);
        store = new ChosenStore(blockStore, directory, offer.bytes());
        events = new Events(() -> new StorageEvent.UsageChanged(store.used(), offer.bytes()));
        workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().name("peerwerk-storage-", 0).daemon().factory());
        Peers peers = new Peers(host, membership);
        context = new TransferContext(peers, store, new Holder(store, this::stored),
                new BlockClient(peers::open, SILENCE), workers, options.timing(), gate::isClosing);
        auditor = new Auditor(context, clock, options.repairDelay(), options.auditPeriod(), events::tell);
        server = serve(host);
        members = membership.listen((before, now) -> {
            lifetimes.changed(now);
            if (before == null || before.state().isReachable() != now.state().isReachable()) {
                settling.met();
                auditor.membersChanged();
            }
        });
        lifetimes.begin(membership.reachable());
        membership.advertise(offer.bytes());
        auditor.start();
    }

    /** A module that keeps block stores is there. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addBlockStores(BlockStores kind) {
        try {
            open(kind);
        } catch (IOException e) {
            LOG.error("the block store \"{}\" cannot be opened", kind.name(), e);
        }
    }

    /** It goes: until it comes back no block is here. */
    void removeBlockStores(BlockStores kind) {
        try {
            store.go(kind);
        } catch (IOException e) {
            LOG.warn("the block store \"{}\" was not closed in order", kind.name(), e);
        }
    }

    private void open(BlockStores kind) throws IOException {
        if (store.come(kind)) {
            auditor.found(store.cids().filter(Manifest::isManifest).toList());
            events.usageChanged();
        }
    }

    private static StorageOptions options(Map<String, Object> configuration) {
        if (!(configuration.get("directory") instanceof String directory)) {
            throw new IllegalArgumentException("the configuration io.peerwerk.storage names no directory");
        }
        Long offer = configuration.get("offer") instanceof Number bytes ? bytes.longValue() : null;
        return new StorageOptions(Path.of(directory), offer,
                duration(configuration, "repairDelay", StorageOptions.DEFAULT_REPAIR_DELAY),
                duration(configuration, "auditPeriod", StorageOptions.DEFAULT_AUDIT_PERIOD), Timing.standard());
    }

    private static Duration duration(Map<String, Object> configuration, String name, Duration otherwise) {
        return configuration.get(name) instanceof Number millis ? Duration.ofMillis(millis.longValue()) : otherwise;
    }

    private Registration serve(Host host) throws IOException {
        try {
            return new BlockServer(store, this::stored).serve(host);
        } catch (IllegalStateException e) {
            workers.shutdown();
            events.close();
            store.close();
            throw e;
        }
    }

    /** Something was stored here, by this peer or another. */
    private void stored(List<Cid> cids) {
        events.usageChanged();
        cids.stream().filter(Manifest::isManifest).forEach(auditor::added);
    }

    @Override
    public StoredItem put(Path source, PutOptions options, Progress progress) throws IOException {
        return put(source, options, Convergence.own(), progress);
    }

    @Override
    public StoredItem put(Path source, PutOptions options, Convergence with, Progress progress) throws IOException {
        return store(with, progress,
                keys -> new Stored(new PutTransfer(context, options, keys, progress).run(source), null),
                catalogue::add);
    }

    @Override
    public StoredItem put(Path source, DurabilityTarget target, Progress progress) throws IOException {
        return store(Convergence.own(), progress, keys -> {
            DurabilityPlan plan = plan(target, Sizes.of(source));
            return new Stored(new PutTransfer(context, plan.shards(), keys, progress).run(source), plan.promise());
        }, catalogue::add);
    }

    @Override
    public DurabilityPlan plan(DurabilityTarget target, long bytes) {
        return DurabilityPlan.of(target, network(context.peers().offering() + (offer.bytes() > 0 ? 1 : 0), bytes), bytes);
    }

    private NetworkConditions network(int peers, long bytes) {
        Duration repair = repairWait.plusMillis(bytes / REPAIR_BYTES_A_MILLI);
        return new NetworkConditions(Math.max(1, peers), lifetimes.mean(),
                repair.compareTo(LONGEST_REPAIR) > 0 ? LONGEST_REPAIR : repair);
    }

    /** Where fewer peers took shards than were counted on, what is promised is what those can keep. */
    private @Nullable Promise kept(@Nullable Promise promise, PutTransfer.Result stored) {
        if (promise == null
                || stored.holders() >= Math.min(stored.shards().totalShards(), promise.network().peers())) {
            return promise;
        }
        return Promise.of(promise.target(), network(stored.holders(), stored.bytes()), stored.shards(), stored.bytes());
    }

    @Override
    public StoredItem rotate(StorageLink link, Progress progress) throws IOException {
        warmUp.begin();
        return store(Convergence.none(), progress, keys -> new Stored(new Rotation(context, keys, progress).run(link),
                catalogue.find(link).map(StoredItem::promise).orElse(null)),
                item -> catalogue.replace(link, item));
    }

    @FunctionalInterface
    private interface Storing {
        Stored run(PutKeys keys) throws IOException;
    }

    private record Stored(PutTransfer.Result result, @Nullable Promise promise) {
    }

    private StoredItem store(Convergence with, Progress progress, Storing storing, Consumer<StoredItem> noted)
            throws IOException {
        return gate.pass(() -> {
            settling.await(new Control(progress, gate::isClosing));
            try (PutKeys keys = PutKeys.of(random, secret(with))) {
                Stored made = storing.run(keys);
                PutTransfer.Result stored = made.result();
                // Milliseconds are what the catalogue keeps.
                Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                StoredItem item = new StoredItem(stored.name(), stored.link(), stored.bytes(), now, stored.shards(),
                        stored.folder(), stored.holders(), kept(made.promise(), stored));
                noted.accept(item);
                if (stored.failures() > 0) {
                    // Shards that were acknowledged may be gone with their holder already.
                    auditor.membersChanged();
                }
                events.tell(new StorageEvent.ItemStored(item));
                return item;
            }
        });
    }

    private Optional<Secret> secret(Convergence with) {
        return switch (with) {
            case Convergence.Own own -> Optional.of(convergence);
            case Convergence.Shared shared -> Optional.of(shared.secret());
            case Convergence.None none -> Optional.empty();
        };
    }

    @Override
    public Fetched get(StorageLink link, Path target, Progress progress) throws IOException {
        warmUp.begin();
        return gate.pass(() -> new GetTransfer(context, progress).run(link, target));
    }

    @Override
    public Health health(StorageLink link) throws IOException {
        return gate.pass(() -> {
            Control control = new Control(Progress.NONE, gate::isClosing);
            Manifest manifest = new ManifestReader(context).manifest(link.root(), control);
            return Census.take(link.root(), manifest, new FileReader(context, manifest, control));
        });
    }

    @Override
    public List<StoredItem> items() {
        return catalogue.items();
    }

    @Override
    public StorageStatus status() {
        RepairFigures repairs = auditor.figures();
        return new StorageStatus(offer.bytes(), store.used(), store.blockCount(), auditor.files(), repairs.running(),
                repairs.chunks(), repairs.shards(), repairs.last());
    }

    @Override
    public void offer(long bytes) throws IOException {
        offer.set(bytes);
        store.quota(bytes);
        membership.advertise(bytes);
        events.tell(new StorageEvent.UsageChanged(store.used(), bytes));
    }

    @Override
    public Registration listen(StorageListener listener) {
        return events.listen(listener);
    }

    /** Transfers end with a clear error, then the files are closed; blocks. */
    @Override
    @Deactivate
    public void close() throws IOException {
        if (!gate.close()) {
            return;
        }
        server.close();
        members.close();
        lifetimes.close();
        auditor.close();
        gate.await();
        workers.shutdownNow();
        events.close();
        store.close();
    }
}
