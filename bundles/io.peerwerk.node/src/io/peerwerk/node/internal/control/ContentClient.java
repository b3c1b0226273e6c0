// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.peerwerk.node.internal.control.ContentControl.AddRequest;
import io.peerwerk.node.internal.control.ContentControl.EntryReport;
import io.peerwerk.node.internal.control.ContentControl.PathRequest;
import io.peerwerk.node.internal.control.Messages.FetchedReport;
import io.peerwerk.storage.ContentPath;
import io.peerwerk.storage.ContentProfile;
import io.peerwerk.storage.PublicStatus;
import io.peerwerk.storage.Swept;

/** Asks a node about content that anybody may read; calls block as those of {@link ControlClient} do. */
public final class ContentClient {

    private final ContentControl remote;
    private final ControlClient client;

    ContentClient(ContentControl remote, ControlClient client) {
        this.remote = remote;
        this.client = client;
    }

    /** Gives the CID of the root. */
    public String add(Path source, ContentProfile profile) throws IOException {
        return client.await(remote.add(new AddRequest(text(source), profile.toString()))).cid();
    }

    public FetchedReport get(ContentPath path, Path target) throws IOException {
        return client.await(remote.get(new PathRequest(path.toString(), text(target))));
    }

    public List<EntryReport> list(ContentPath path) throws IOException {
        return client.await(remote.list(new PathRequest(path.toString(), null)));
    }

    public String pin(ContentPath path) throws IOException {
        return client.await(remote.pin(new PathRequest(path.toString(), null))).cid();
    }

    /** Gives whether it was pinned. */
    public boolean unpin(ContentPath path) throws IOException {
        return client.await(remote.unpin(new PathRequest(path.toString(), null)));
    }

    public List<String> pins() throws IOException {
        return client.await(remote.pins());
    }

    public Swept sweep() throws IOException {
        return client.await(remote.sweep());
    }

    public void exportCar(ContentPath path, Path target) throws IOException {
        client.await(remote.exportCar(new PathRequest(path.toString(), text(target))));
    }

    /** Gives the CIDs of the roots. */
    public List<String> importCar(Path source) throws IOException {
        return client.await(remote.importCar(new PathRequest(null, text(source))));
    }

    public PublicStatus status() throws IOException {
        return client.await(remote.status());
    }

    private static String text(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
