// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.node.NodeLimits;
import io.peerwerk.node.NodeSettings;
import io.peerwerk.node.internal.control.Messages.AddressRequest;
import io.peerwerk.node.internal.control.Messages.FetchedReport;
import io.peerwerk.node.internal.control.Messages.GetRequest;
import io.peerwerk.node.internal.control.Messages.HealthReport;
import io.peerwerk.node.internal.control.Messages.IdentifyReport;
import io.peerwerk.node.internal.control.Messages.ItemReport;
import io.peerwerk.node.internal.control.Messages.LinkRequest;
import io.peerwerk.node.internal.control.Messages.MessageReport;
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
import io.peerwerk.storage.DurabilityTarget;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the node that runs on a home. Calls block; an interrupt cancels the request at the node. Thread-safe, but
 * progress of all requests goes to the one listener.
 */
public final class ControlClient implements AutoCloseable {
    private final JsonRpcLink<NodeControl> link;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile Consumer<ProgressUpdate> progress = update -> { };
    private volatile Consumer<SubscribedReport> subscribed = report -> { };
    private volatile Consumer<MessageReport> messages = report -> { };

    private ControlClient(SocketChannel channel) {
        this.link = new JsonRpcLink<>(channel, new Events(), NodeControl.class,
                RemoteEndpoint.DEFAULT_EXCEPTION_HANDLER);
        Thread.ofVirtual().name("control client").start(this::read);
    }

    /**
     * Connects to the node of this home.
     *
     * @throws IOException in one line that says how to start one, when none is running
     */
    public static ControlClient connect(Path home) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(ControlSocket.locate(home)));
            return new ControlClient(channel);
        } catch (IOException e) {
            channel.close();
            throw new IOException("no node is running on " + home.toAbsolutePath().normalize()
                    + " (start one with: peerwerk node" + option(home) + ")", e);
        }
    }

    private static String option(Path home) {
        return home.equals(NodeSettings.defaultHome()) ? "" : " --home " + home;
    }

    private void read() {
        try {
            link.run();
            ended.completeExceptionally(new IOException("the node closed the connection"));
        } catch (IOException e) {
            ended.completeExceptionally(new IOException("the connection to the node is lost: " + e.getMessage(), e));
        }
    }

    /** Hears of the progress of transfers, on a thread of the connection. */
    public void onProgress(Consumer<ProgressUpdate> listener) {
        progress = listener;
    }

    public StatusReport status() throws IOException {
        return await(link.remote().status());
    }

    public List<PeerReport> peers() throws IOException {
        return await(link.remote().peers());
    }

    public List<ItemReport> items() throws IOException {
        return await(link.remote().items());
    }

    public ItemReport put(Path path, String shards) throws IOException {
        return await(link.remote().put(new PutRequest(path.toAbsolutePath().normalize().toString(), shards, null)));
    }

    public ItemReport put(Path path, DurabilityTarget target) throws IOException {
        return await(link.remote()
                .put(new PutRequest(path.toAbsolutePath().normalize().toString(), null, target.toString())));
    }

    public ItemReport rotate(String uri) throws IOException {
        return await(link.remote().rotate(new LinkRequest(uri)));
    }

    /** Gives the text for the recipient. */
    public String share(String uri, PeerId recipient) throws IOException {
        return await(link.remote().share(new ShareRequest(uri, recipient.toString())));
    }

    public FetchedReport get(String uri, Path target) throws IOException {
        return await(link.remote().get(new GetRequest(uri, target.toAbsolutePath().normalize().toString())));
    }

    public HealthReport health(String uri) throws IOException {
        return await(link.remote().health(new LinkRequest(uri)));
    }

    public StatusReport offer(long bytes) throws IOException {
        return await(link.remote().offer(new OfferRequest(bytes)));
    }

    /** Changes what is given, and gives what holds now. */
    public NodeLimits limits(NodeLimits.Change wanted) throws IOException {
        return NodeLimits.NONE.with(await(link.remote().limits(wanted)));
    }

    public PingReport ping(String address) throws IOException {
        return await(link.remote().ping(new AddressRequest(address)));
    }

    public IdentifyReport identify(String address) throws IOException {
        return await(link.remote().identify(new AddressRequest(address)));
    }

    public PerfReport perf(String address, long up, long down) throws IOException {
        return await(link.remote().perf(new PerfRequest(address, up, down)));
    }

    /** @param data {@value Messages#MAX_PUBLISHED} bytes at most */
    public PublishedReport publish(String topic, byte[] data) throws IOException {
        return await(link.remote().publish(new PublishRequest(topic, Base64.getEncoder().encodeToString(data))));
    }

    /**
     * Hears a topic until the thread is interrupted, or the node ends it with an error.
     *
     * @param stands is told each time that the subscription begins, on a thread of the connection
     * @param heard is given the messages, on that thread
     */
    public void subscribe(String topic, Consumer<SubscribedReport> stands, Consumer<MessageReport> heard)
            throws IOException {
        subscribed = stands;
        messages = heard;
        await(link.remote().subscribe(new TopicRequest(topic)));
    }

    /** Asks about the distributed hash table. */
    public DhtClient dht() {
        return new DhtClient(link.remote().dht(), this);
    }

    /** Asks about content that anybody may read. */
    public ContentClient content() {
        return new ContentClient(link.remote().content(), this);
    }

    <T> T await(CompletableFuture<T> answer) throws IOException {
        try {
            CompletableFuture.anyOf(answer, ended).get();
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("cancelled");
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private static IOException failure(@Nullable Throwable cause) {
        return switch (cause) {
            case ResponseErrorException e -> new IOException(e.getResponseError().getMessage(), e);
            case IOException e -> e;
            case null, default -> new IOException("the node gave no sensible answer", cause);
        };
    }

    @Override
    public void close() throws IOException {
        link.close();
    }

    /** The caller's own object on the connection; public to LSP4J, which looks for annotated methods. */
    private final class Events implements ControlEvents {
        @Override
        public void progress(ProgressUpdate update) {
            progress.accept(update);
        }

        @Override
        public void subscribed(SubscribedReport report) {
            subscribed.accept(report);
        }

        @Override
        public void message(MessageReport report) {
            messages.accept(report);
        }
    }
}
