// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import static io.peerwerk.node.internal.control.ControlService.given;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.node.Node;
import io.peerwerk.routing.FoundPeer;
import io.peerwerk.routing.NameRecord;
import org.jspecify.annotations.Nullable;

/** The node's side of {@link DhtControl}. */
final class DhtService implements DhtControl {

    private static final String HEX = "hex:";
    private static final String NAME = "/ipns/";
    private static final String PUBLIC_KEY = "/pk/";
    private static final String SELF = "self";

    private final Node node;
    private final Runner runner;

    /** Runs a request that blocks. */
    @FunctionalInterface
    interface Runner {
        <T> CompletableFuture<T> run(Callable<T> task);
    }

    DhtService(Node node, Runner runner) {
        this.node = node;
        this.runner = runner;
    }

    @Override
    public CompletableFuture<ToldReport> provide(ContentRequest request) {
        return runner.run(() -> new ToldReport(node.routing().provide(Cid.parse(given(given(request).cid())))));
    }

    @Override
    public CompletableFuture<List<FoundReport>> findProviders(ContentRequest request) {
        return runner.run(() -> {
            Cid content = Cid.parse(given(given(request).cid()));
            if (request.limit() < 1) {
                throw new FormatException("the limit is at least 1");
            }
            return reports(node.routing().findProviders(content, request.limit()));
        });
    }

    @Override
    public CompletableFuture<FoundReport> findPeer(KeyRequest request) {
        return runner.run(() -> {
            PeerId peer = peer(given(given(request).key()));
            return report(node.routing().findPeer(peer)
                    .orElseThrow(() -> new IOException("nobody knows where " + peer + " is")));
        });
    }

    @Override
    public CompletableFuture<List<FoundReport>> closest(KeyRequest request) {
        return runner.run(() -> reports(node.routing().closestPeers(key(given(given(request).key())))));
    }

    @Override
    public CompletableFuture<ToldReport> put(ValueRequest request) {
        return runner.run(() -> {
            String key = given(given(request).key());
            String value = given(request.value());
            if (key.equals(NAME + SELF) && !value.startsWith(HEX)) {
                return new ToldReport(node.routing().publishName(value, Duration.ofMillis(request.lifetime())));
            }
            return new ToldReport(node.routing().putValue(key(key), bytes(value)));
        });
    }

    @Override
    public CompletableFuture<ValueReport> get(KeyRequest request) {
        return runner.run(() -> {
            String key = given(given(request).key());
            byte[] value = node.routing().getValue(key(key))
                    .orElseThrow(() -> new IOException("there is no value under " + key));
            return new ValueReport(HexFormat.of().formatHex(value), name(key));
        });
    }

    /** What a name points to; by a second look, which costs little after the first. */
    private @Nullable NameReport name(String key) throws IOException {
        if (!key.startsWith(NAME)) {
            return null;
        }
        Optional<NameRecord> record = node.routing().resolveName(peer(key.substring(NAME.length())));
        return record.map(found -> new NameReport(found.value(), Long.toUnsignedString(found.sequence()),
                found.validity().toString())).orElse(null);
    }

    @Override
    public CompletableFuture<List<TableReport>> table() {
        return runner.run(() -> node.routing().snapshot().tables().stream().map(TableReport::of).toList());
    }

    private byte[] key(String text) throws IOException {
        for (String namespace : List.of(NAME, PUBLIC_KEY)) {
            if (text.startsWith(namespace)) {
                var key = new ByteArrayOutputStream();
                key.writeBytes(namespace.getBytes(StandardCharsets.US_ASCII));
                key.writeBytes(peer(text.substring(namespace.length())).toBytes());
                return key.toByteArray();
            }
        }
        return bytes(text);
    }

    private static byte[] bytes(String text) throws FormatException {
        try {
            return text.startsWith(HEX) ? HexFormat.of().parseHex(text.substring(HEX.length()))
                    : text.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new FormatException("not hexadecimal: " + e.getMessage());
        }
    }

    private PeerId peer(String text) throws IOException {
        return text.equals(SELF) ? node.host().id() : PeerId.parse(text);
    }

    private static List<FoundReport> reports(List<FoundPeer> peers) {
        return peers.stream().map(DhtService::report).toList();
    }

    private static FoundReport report(FoundPeer peer) {
        return new FoundReport(peer.peer().toString(),
                peer.addresses().stream().map(address -> address.withPeer(peer.peer()).toString()).toList());
    }
}
