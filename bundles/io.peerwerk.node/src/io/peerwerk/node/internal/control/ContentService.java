// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import static io.peerwerk.node.internal.control.ControlService.absolute;
import static io.peerwerk.node.internal.control.ControlService.given;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.node.Node;
import io.peerwerk.node.internal.control.ControlService.Transfer;
import io.peerwerk.node.internal.control.Messages.FetchedReport;
import io.peerwerk.storage.ContentPath;
import io.peerwerk.storage.ContentProfile;
import io.peerwerk.storage.PublicStatus;
import io.peerwerk.storage.Swept;
import org.jspecify.annotations.Nullable;

/** The node's side of {@link ContentControl}. */
final class ContentService implements ContentControl {

    private final Node node;
    private final Runner runner;

    /** Runs a request that blocks and tells how far it is. */
    @FunctionalInterface
    interface Runner {
        <T> CompletableFuture<T> run(Transfer<T> task);
    }

    ContentService(Node node, Runner runner) {
        this.node = node;
        this.runner = runner;
    }

    @Override
    public CompletableFuture<RootReport> add(AddRequest request) {
        return runner.run(progress -> report(node.publicContent()
                .add(absolute(given(request).source()), ContentProfile.parse(given(request.profile())), progress)));
    }

    @Override
    public CompletableFuture<FetchedReport> get(PathRequest request) {
        return runner.run(progress -> Reports.fetched(node.publicContent()
                .get(path(request), absolute(request.file()), progress), null));
    }

    @Override
    public CompletableFuture<List<EntryReport>> list(PathRequest request) {
        return runner.run(progress -> node.publicContent().list(path(request), progress).stream()
                .map(EntryReport::of).toList());
    }

    @Override
    public CompletableFuture<RootReport> pin(PathRequest request) {
        return runner.run(progress -> {
            Cid root = root(request);
            node.publicContent().pin(root, progress);
            return report(root);
        });
    }

    @Override
    public CompletableFuture<Boolean> unpin(PathRequest request) {
        return runner.run(progress -> node.publicContent().unpin(root(request)));
    }

    @Override
    public CompletableFuture<List<String>> pins() {
        return runner.run(progress -> texts(node.publicContent().pins()));
    }

    @Override
    public CompletableFuture<Swept> sweep() {
        return runner.run(progress -> node.publicContent().sweep(progress));
    }

    @Override
    public CompletableFuture<RootReport> exportCar(PathRequest request) {
        return runner.run(progress -> {
            Cid root = root(request);
            node.publicContent().exportCar(root, absolute(request.file()), progress);
            return report(root);
        });
    }

    @Override
    public CompletableFuture<List<String>> importCar(PathRequest request) {
        return runner.run(progress -> texts(node.publicContent()
                .importCar(absolute(given(request).file()), progress)));
    }

    @Override
    public CompletableFuture<PublicStatus> status() {
        return runner.run(progress -> node.publicContent().status());
    }

    private static ContentPath path(@Nullable PathRequest request) throws FormatException {
        return ContentPath.parse(given(given(request).path()));
    }

    private static Cid root(@Nullable PathRequest request) throws IOException {
        ContentPath path = path(request);
        if (!path.names().isEmpty()) {
            throw new FormatException("this is done with a whole: give its CID without names below it");
        }
        return path.root();
    }

    private static RootReport report(Cid root) {
        return new RootReport(root.toString());
    }

    private static List<String> texts(List<Cid> roots) {
        return roots.stream().map(Cid::toString).toList();
    }
}
