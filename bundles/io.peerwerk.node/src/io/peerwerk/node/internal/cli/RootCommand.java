// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.peerwerk.node.NodeSettings;
import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.text.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** What is common to all commands. */
@Command(name = "peerwerk", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT, sortOptions = false,
        versionProvider = RootCommand.Version.class, usageHelpAutoWidth = true,
        description = "Stores files on the computers of peers: encrypted, and so that most of them may vanish.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  peerwerk demo                        see eight nodes lose three and keep a file",
            "  peerwerk node --offer 20GB           run a node until Ctrl-C",
            "  peerwerk put holiday/                store a folder; prints its link",
            "  peerwerk get peerwerk:… -o holiday   fetch it again, from any node"},
        subcommands = {NodeCommand.class, PutCommand.class, GetCommand.class, LsCommand.class, HealthCommand.class,
            ShareCommand.class, RotateCommand.class,
            PinCommand.class, UnpinCommand.class, GcCommand.class, ExportCommand.class, ImportCommand.class,
            PeersCommand.class, StatusCommand.class, OfferCommand.class, LimitsCommand.class, PingCommand.class,
            IdentifyCommand.class, PerfCommand.class, DhtCommand.class, PubSubCommand.class, DemoCommand.class,
            SimCommand.class, BenchCommand.class})
final class RootCommand implements Callable<Integer> {
    private final Surroundings around;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--home", paramLabel = "DIR", scope = ScopeType.INHERIT,
            description = "the node's directory (default: ~/.peerwerk)")
    private @Nullable Path home;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "one JSON object a line on standard output")
    private boolean json;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "show where an error comes from")
    private boolean verbose;

    RootCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        CommandSpec here = Objects.requireNonNull(spec);
        throw new ParameterException(here.commandLine(), "no command given");
    }

    Surroundings around() {
        return around;
    }

    boolean isVerbose() {
        return verbose;
    }

    /** The home as the user gave it, or the usual one. */
    Path home() {
        return home == null ? NodeSettings.defaultHome() : home;
    }

    Output output() {
        return new Output(around.out(), around.err(), around.terminal(), json);
    }

    /** The node that runs on the home. */
    ControlClient connect() throws IOException {
        return ControlClient.connect(home());
    }

    /** The version, for {@code --version}. */
    static final class Version implements IVersionProvider {
        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public String[] getVersion() {
            Object root = Objects.requireNonNull(spec).root().userObject();
            return new String[] {"peerwerk " + ((RootCommand) root).around().version()};
        }
    }
}
