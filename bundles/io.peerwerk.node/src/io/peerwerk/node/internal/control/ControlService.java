// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.node.Node;
import io.peerwerk.node.NodeLimits;
import io.peerwerk.node.internal.control.Messages.AddressRequest;
import io.peerwerk.node.internal.control.Messages.FetchedReport;
import io.peerwerk.node.internal.control.Messages.GetRequest;
import io.peerwerk.node.internal.control.Messages.HealthReport;
import io.peerwerk.node.internal.control.Messages.IdentifyReport;
import io.peerwerk.node.internal.control.Messages.ItemReport;
import io.peerwerk.node.internal.control.Messages.LinkRequest;
import io.peerwerk.node.internal.control.Messages.OfferRequest;
import io.peerwerk.node.internal.control.Messages.PeerReport;
import io.peerwerk.node.internal.control.Messages.PerfReport;
import io.peerwerk.node.internal.control.Messages.PerfRequest;
import io.peerwerk.node.internal.control.Messages.PingReport;
import io.peerwerk.node.internal.control.Messages.ProgressUpdate;
import io.peerwerk.node.internal.control.Messages.PublishRequest;
import io.peerwerk.node.internal.control.Messages.PublishedReport;
import io.peerwerk.node.internal.control.Messages.PutRequest;
import io.peerwerk.node.internal.control.Messages.ShareRequest;
import io.peerwerk.node.internal.control.Messages.StatusReport;
import io.peerwerk.node.internal.control.Messages.SubscribedReport;
import io.peerwerk.node.internal.control.Messages.TopicRequest;
import io.peerwerk.node.internal.text.Reason;
import io.peerwerk.storage.DurabilityTarget;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.PublicStatus;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.SharedLink;
import io.peerwerk.storage.Sharing;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.Perf;
import io.peerwerk.transport.StreamResetException;
import io.peerwerk.transport.UnsupportedProtocolException;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's side of one control connection. Every request runs on a virtual thread of its own, which is interrupted
 * when the request is cancelled or the connection goes.
 */
final class ControlService implements NodeControl, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlService.class);
    private static final int MAX_RUNNING = 16;

    private final Node node;
    private final DhtService dht;
    private final ContentService content;
    private final PubSubRequests pubsub;
    private final Set<CompletableFuture<?>> running = ConcurrentHashMap.newKeySet();
    private volatile ProgressSink progress = update -> { };

    /** Takes progress to the caller, or drops it. */
    @FunctionalInterface
    interface ProgressSink {
        void send(ProgressUpdate update);
    }

    /** A request that tells how far it is. */
    @FunctionalInterface
    interface Transfer<T> {
        T run(Progress listener) throws IOException;
    }

    ControlService(Node node, Supplier<@Nullable Object> pubsub) {
        this.node = node;
        this.dht = new DhtService(node, this::run);
        this.content = new ContentService(node, this::transfer);
        this.pubsub = new PubSubRequests(pubsub);
    }

    void messagesTo(ControlEvents caller) {
        pubsub.messagesTo(caller);
    }

    void progressTo(ProgressSink sink) {
        progress = sink;
    }

    @Override
    public CompletableFuture<StatusReport> status() {
        return run(this::statusNow);
    }

    private StatusReport statusNow() {
        return Reports.status(node.status(), node.settings().home().toString(), publicContent());
    }

    /** Nothing while it is away. */
    private @Nullable PublicStatus publicContent() {
        try {
            return node.publicContent().status();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public CompletableFuture<List<PeerReport>> peers() {
        return run(() -> {
            node.membership();
            return Reports.peers(node.peers());
        });
    }

    @Override
    public CompletableFuture<List<ItemReport>> items() {
        return run(() -> node.storage().items().stream().map(Reports::item).toList());
    }

    @Override
    public CompletableFuture<ItemReport> put(PutRequest request) {
        return transfer(listener -> {
            Path source = absolute(given(request).path());
            String shards = request.shards();
            return Reports.item(shards == null
                    ? node.storage().put(source, DurabilityTarget.parse(given(request.durability())), listener)
                    : node.storage().put(source, PutOptions.parse(shards), listener));
        });
    }

    @Override
    public CompletableFuture<FetchedReport> get(GetRequest request) {
        return transfer(listener -> {
            SharedOrOwn link = link(given(request).uri());
            return Reports.fetched(node.storage().get(link.link(), absolute(request.target()), listener), link.sender());
        });
    }

    /** @param sender null where it was not sealed */
    private record SharedOrOwn(StorageLink link, @Nullable PeerId sender) {
    }

    /** A link, or one that was sealed to this peer. */
    private SharedOrOwn link(@Nullable String uri) throws IOException {
        String text = given(uri).strip();
        if (!text.startsWith(Sharing.SCHEME)) {
            return new SharedOrOwn(StorageLink.parse(text), null);
        }
        SharedLink shared = node.sharing().open(text);
        return new SharedOrOwn(shared.link(), shared.sender());
    }

    @Override
    public CompletableFuture<ItemReport> rotate(LinkRequest request) {
        return transfer(listener -> Reports.item(node.privateContent().rotate(link(given(request).uri()).link(), listener)));
    }

    @Override
    public CompletableFuture<String> share(ShareRequest request) {
        return run(() -> node.sharing().share(link(given(request).uri()).link(), PeerId.parse(given(request.recipient()))));
    }

    @Override
    public CompletableFuture<HealthReport> health(LinkRequest request) {
        return run(() -> Reports.health(node.storage().health(link(given(request).uri()).link())));
    }

    @Override
    public CompletableFuture<StatusReport> offer(OfferRequest request) {
        return run(() -> {
            if (given(request).bytes() < 0) {
                throw new IOException("an offer cannot be negative");
            }
            node.storage().offer(request.bytes());
            return statusNow();
        });
    }

    @Override
    public CompletableFuture<NodeLimits.Change> limits(NodeLimits.Change request) {
        return run(() -> {
            try {
                NodeLimits.Change wanted = given(request);
                boolean asking = wanted.equals(NodeLimits.Change.NOTHING);
                return NodeLimits.Change.to(asking ? node.limits() : node.change(wanted));
            } catch (IllegalArgumentException e) {
                throw new FormatException(e.getMessage());
            }
        });
    }

    @Override
    public CompletableFuture<PingReport> ping(AddressRequest request) {
        return run(() -> with(given(request).address(), connection -> new PingReport(connection.peer().toString(),
                Reports.millis(node.host().ping(connection.peer())))));
    }

    @Override
    public CompletableFuture<IdentifyReport> identify(AddressRequest request) {
        return run(() -> with(given(request).address(),
                connection -> Reports.identified(node.host().identify(connection.peer()))));
    }

    @Override
    public CompletableFuture<PerfReport> perf(PerfRequest request) {
        return transfer(listener -> {
            if (given(request).up() < 0 || request.down() < 0) {
                throw new FormatException("a number of bytes cannot be negative");
            }
            return with(request.address(), connection -> measure(connection, request, listener));
        });
    }

    @Override
    public DhtControl dht() {
        return dht;
    }

    @Override
    public ContentControl content() {
        return content;
    }

    @Override
    public CompletableFuture<PublishedReport> publish(PublishRequest request) {
        return run(() -> pubsub.publish(given(given(request).topic()), given(request.data())));
    }

    @Override
    public CompletableFuture<SubscribedReport> subscribe(TopicRequest request) {
        return run(() -> pubsub.subscribe(given(given(request).topic())));
    }

    private static PerfReport measure(Connection connection, PerfRequest request, Progress listener)
            throws IOException {
        try {
            return Reports.measured(connection, Perf.measure(connection, request.up(), request.down(),
                    (sent, received) -> listener.update(received == 0 ? sent : received,
                            received == 0 ? request.up() : request.down(), received == 0 ? "up" : "down")));
        } catch (UnsupportedProtocolException e) {
            throw new IOException(connection.peer() + " does not let others measure"
                    + " (a Peerwerk node does when it runs with --perf-limit)", e);
        } catch (StreamResetException e) {
            throw new IOException(connection.peer() + " gave up, perhaps it allows fewer bytes: " + e.getMessage(), e);
        }
    }

    /** Something that is done with a peer. */
    @FunctionalInterface
    private interface Visit<T> {
        T at(Connection connection) throws IOException;
    }

    /**
     * Connects to an address, or to a peer that is known already by its id. A connection that was one too many, since
     * an address that names no peer is dialled every time, is closed after the visit.
     */
    private <T> T with(@Nullable String address, Visit<T> visit) throws IOException {
        String text = given(address);
        Host host = node.host();
        Connection connection = text.startsWith("/") ? host.connect(Multiaddr.parse(text)) : known(host, text);
        try {
            return visit.at(connection);
        } finally {
            if (host.connection(connection.peer()).filter(first -> first != connection).isPresent()) {
                connection.close();
            }
        }
    }

    private static Connection known(Host host, String id) throws IOException {
        PeerId peer = PeerId.parse(id);
        return host.connect(peer, host.known(peer));
    }

    static Path absolute(@Nullable String text) throws IOException {
        try {
            Path path = Path.of(given(text));
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new FormatException("not a path: " + e.getMessage());
        }
        throw new FormatException("the path must be absolute: " + text);
    }

    /** Callers may leave out what they like. */
    static <T> T given(@Nullable T value) throws FormatException {
        if (value == null) {
            throw new FormatException("a parameter is missing");
        }
        return value;
    }

    private <T> CompletableFuture<T> run(Callable<T> task) {
        return start(new CompletableFuture<>(), task);
    }

    private <T> CompletableFuture<T> transfer(Transfer<T> task) {
        var answer = new CompletableFuture<T>();
        var listener = new Progress() {
            @Override
            public void update(long done, long total, String phase) {
                progress.send(new ProgressUpdate(done, total, phase));
            }

            @Override
            public boolean cancelled() {
                return answer.isCancelled();
            }
        };
        return start(answer, () -> task.run(listener));
    }

    private <T> CompletableFuture<T> start(CompletableFuture<T> answer, Callable<T> task) {
        if (running.size() >= MAX_RUNNING) {
            answer.completeExceptionally(new IOException("more than " + MAX_RUNNING + " requests at once"));
            return answer;
        }
        running.add(answer);
        Thread thread = Thread.ofVirtual().name("control request").unstarted(() -> complete(answer, task));
        answer.whenComplete((result, problem) -> {
            running.remove(answer);
            if (answer.isCancelled()) {
                thread.interrupt();
            }
        });
        thread.start();
        return answer;
    }

    /** The edge of the request's thread: whatever goes wrong is the answer. */
    private static <T> void complete(CompletableFuture<T> answer, Callable<T> task) {
        try {
            answer.complete(task.call());
        } catch (Exception | LinkageError e) {
            answer.completeExceptionally(e);
        }
    }

    /** Cancels what still runs: nobody waits for it any more. */
    @Override
    public void close() {
        running.forEach(future -> future.cancel(true));
    }

    /** What the caller is told of a request that failed. */
    static ResponseError failure(Throwable problem) {
        Throwable cause = problem instanceof CompletionException && problem.getCause() != null
                ? problem.getCause() : problem;
        return switch (cause) {
            case ResponseErrorException e -> e.getResponseError();
            case InterruptedIOException e -> error(ResponseErrorCode.RequestCancelled.getValue(), e);
            case FormatException e -> error(ResponseErrorCode.InvalidParams.getValue(), e);
            case IOException e -> error(Messages.FAILED, e);
            default -> {
                LOG.error("a control request failed unexpectedly", cause);
                yield new ResponseError(ResponseErrorCode.InternalError.getValue(),
                        "internal error: " + cause.getClass().getSimpleName() + ": " + Reason.of(cause), null);
            }
        };
    }

    private static ResponseError error(int code, Throwable problem) {
        return new ResponseError(code, Reason.of(problem), null);
    }
}
