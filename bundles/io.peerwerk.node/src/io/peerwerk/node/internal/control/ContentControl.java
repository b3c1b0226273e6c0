// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

import io.peerwerk.node.internal.control.Messages.FetchedReport;
import io.peerwerk.storage.ContentEntry;
import io.peerwerk.storage.PublicStatus;
import io.peerwerk.storage.Swept;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a node can be asked about content that anybody may read: part of {@link NodeControl}. Paths are texts like
 * {@code /ipfs/bafy…/folder/file}; all but {@code unpin}, {@code pins} and {@code status} tell their progress.
 */
public interface ContentControl {

    /** Keeps and pins a file or folder; answers with its root. */
    @JsonRequest("content/add")
    CompletableFuture<RootReport> add(AddRequest request);

    @JsonRequest("content/get")
    CompletableFuture<FetchedReport> get(PathRequest request);

    /** The names in a folder. */
    @JsonRequest("content/list")
    CompletableFuture<List<EntryReport>> list(PathRequest request);

    @JsonRequest("content/pin")
    CompletableFuture<RootReport> pin(PathRequest request);

    /** Answers whether it was pinned. */
    @JsonRequest("content/unpin")
    CompletableFuture<Boolean> unpin(PathRequest request);

    /** The roots that are pinned. */
    @JsonRequest("content/pins")
    CompletableFuture<List<String>> pins();

    /** Removes what no pin leads to. */
    @JsonRequest("content/sweep")
    CompletableFuture<Swept> sweep();

    /** Writes content into a CAR. */
    @JsonRequest("content/export")
    CompletableFuture<RootReport> exportCar(PathRequest request);

    /** Keeps and pins what is in a CAR; answers with its roots. */
    @JsonRequest("content/import")
    CompletableFuture<List<String>> importCar(PathRequest request);

    @JsonRequest("content/status")
    CompletableFuture<PublicStatus> status();

    /**
     * @param source an absolute path in the node's file system
     * @param profile as {@link io.peerwerk.storage.ContentProfile#parse} reads it
     */
    record AddRequest(@Nullable String source, @Nullable String profile) {
    }

    /**
     * @param path of content; no names below the root where the whole is meant; absent for an import
     * @param file an absolute path in the node's file system, where the request reads or writes one
     */
    record PathRequest(@Nullable String path, @Nullable String file) {
    }

    record RootReport(String cid) {
    }

    /** @param kind {@code file}, {@code folder} or {@code link} */
    record EntryReport(String name, String cid, String kind, long bytes) {

        static EntryReport of(ContentEntry entry) {
            return new EntryReport(entry.name(), entry.cid().toString(),
                    entry.kind().name().toLowerCase(Locale.ROOT), entry.bytes());
        }
    }
}
