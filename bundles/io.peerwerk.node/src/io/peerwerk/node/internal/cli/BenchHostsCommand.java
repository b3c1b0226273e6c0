// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.node.internal.bench.transport.DialledHosts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(name = "hosts", hidden = true,
        description = "Runs hosts for bench transport to dial, until standard input ends.")
final class BenchHostsCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable BenchCommand bench;

    @Option(names = "--count", paramLabel = "N", defaultValue = "1", description = "hosts (default: ${DEFAULT-VALUE})")
    private int count = 1;

    @Option(names = "--security", paramLabel = "PROTOCOL", required = true, description = "of their secure channel")
    private @Nullable String security;

    @Option(names = "--listen", paramLabel = "ADDRESS", required = true, description = "what each listens on")
    private @Nullable Multiaddr listen;

    @Override
    public Integer call() throws IOException {
        RootCommand parent = Objects.requireNonNull(bench).root();
        try (var hosts = new DialledHosts(parent.around().framework().get(), count, Objects.requireNonNull(security),
                Objects.requireNonNull(listen), parent.around().out())) {
            hosts.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
        return CommandLineProgram.DONE;
    }
}
