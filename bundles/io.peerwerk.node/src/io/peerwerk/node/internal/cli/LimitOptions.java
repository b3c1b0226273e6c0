// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.util.List;
import java.util.Objects;

import io.peerwerk.node.NodeLimits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the network may cost a node, on the command lines that start one and that change a running one. */
final class LimitOptions {
    /** In the place of a list: empties it. */
    private static final List<String> NONE = List.of("none");

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(names = "--upload", paramLabel = "RATE",
            description = "bytes a second to all peers together, like 2MB; 0 for no limit (at first)")
    private @Nullable Rate upload;

    @Option(names = "--download", paramLabel = "RATE",
            description = "bytes a second from all peers together; 0 for no limit (at first)")
    private @Nullable Rate download;

    @Option(names = "--peer-upload", paramLabel = "RATE",
            description = "bytes a second to each peer; 0 for no limit (at first)")
    private @Nullable Rate peerUpload;

    @Option(names = "--peer-download", paramLabel = "RATE",
            description = "bytes a second from each peer; 0 for no limit (at first)")
    private @Nullable Rate peerDownload;

    @Option(names = "--max-connections", paramLabel = "N",
            description = "connections at the same time; 0 for what the machine can take (at first)")
    private @Nullable Integer connections;

    @Option(names = "--memory", paramLabel = "SIZE",
            description = "memory for connections; 0 for an eighth of what Java may use (at first)")
    private @Nullable Size memory;

    @Option(names = "--allow", paramLabel = "WHO",
            description = "a peer id, an IP address or a network like 192.0.2.0/24: nobody else is let in or dialled;"
                    + " may be repeated; none for everybody (at first)")
    private @Nullable List<String> allow;

    @Option(names = "--deny", paramLabel = "WHO",
            description = "who is never let in or dialled, as for --allow; may be repeated; none for nobody (at first)")
    private @Nullable List<String> deny;

    /** What of it was given, checked. */
    NodeLimits.Change change() {
        var change = new NodeLimits.Change(bytes(upload), bytes(download), bytes(peerUpload), bytes(peerDownload),
                connections, memory == null ? null : memory.bytes(), list(allow), list(deny));
        try {
            NodeLimits.NONE.with(change);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(command).commandLine(), e.getMessage(), e);
        }
        return change;
    }

    private static @Nullable Long bytes(@Nullable Rate rate) {
        return rate == null ? null : rate.bytes();
    }

    private static @Nullable List<String> list(@Nullable List<String> entries) {
        return NONE.equals(entries) ? List.of() : entries;
    }
}
