// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.node.internal.bench.membership.Members;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(name = "members", hidden = true, description = "Runs members for bench membership, until standard input ends.")
final class BenchMembersCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable BenchCommand bench;

    @Option(names = "--count", paramLabel = "N", defaultValue = "1",
            description = "members (default: ${DEFAULT-VALUE})")
    private int count = 1;

    @Option(names = "--listen", paramLabel = "ADDRESS", required = true, description = "what each listens on")
    private @Nullable Multiaddr listen;

    @Option(names = "--bootstrap", paramLabel = "ADDRESS", description = "a member to ask for the others")
    private @Nullable Multiaddr bootstrap;

    @Override
    public Integer call() throws IOException {
        RootCommand parent = Objects.requireNonNull(bench).root();
        try (var members = new Members(parent.around().framework().get(), parent.around().out(),
                InstantSource.system())) {
            members.start(count, Objects.requireNonNull(listen), bootstrap);
            members.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
        return CommandLineProgram.DONE;
    }
}
