// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.Reason;
import io.peerwerk.node.internal.text.TimeSpan;
import io.peerwerk.storage.ContentPath;
import io.peerwerk.storage.ContentProfile;
import io.peerwerk.storage.DurabilityTarget;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Runs one command line and gives its exit code. */
public final class CommandLineProgram {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    private final Surroundings around;

    public CommandLineProgram(Surroundings around) {
        this.around = around;
    }

    /** Runs the command; blocks until it is done. */
    public int run(String... arguments) {
        var root = new RootCommand(around);
        return new CommandLine(root)
                .registerConverter(Size.class, text -> converted(() -> new Size(ByteSize.parse(text))))
                .registerConverter(Rate.class, text -> converted(() -> Rate.parse(text)))
                .registerConverter(Duration.class, text -> converted(() -> TimeSpan.parse(text)))
                .registerConverter(Multiaddr.class, text -> read(Multiaddr::parse, text, "multiaddr"))
                .registerConverter(ContentPath.class, text -> read(ContentPath::parse, text, "path of public content"))
                .registerConverter(DurabilityTarget.class, text -> read(DurabilityTarget::parse, text, "durability"))
                .registerConverter(PeerId.class, text -> read(PeerId::parse, text, "peer id"))
                .registerConverter(ContentProfile.class, text -> read(ContentProfile::parse, text, "profile"))
                .setOut(new PrintWriter(around.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(around.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(colours(around.terminal().out())))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(this::wrongUsage)
                .setExecutionExceptionHandler((problem, command, parsed) -> failed(root, problem, command))
                .execute(arguments);
    }

    private Ansi colours(boolean terminal) {
        return terminal && around.terminal().colours() ? Ansi.ON : Ansi.OFF;
    }

    private static <T> T converted(Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** Reads a text. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(String text) throws FormatException;
    }

    private static <T> T read(Reader<T> reader, String text, String what) {
        try {
            return reader.read(text);
        } catch (FormatException e) {
            throw new TypeConversionException("'" + text + "' is not a " + what + ": " + e.getMessage());
        }
    }

    private int wrongUsage(ParameterException problem, String[] arguments) {
        String command = problem.getCommandLine().getCommandSpec().qualifiedName();
        around.err().println(command + ": " + Reason.of(problem) + " (see: " + command + " --help)");
        return USAGE;
    }

    private int failed(RootCommand root, Exception problem, CommandLine command) {
        around.err().println(command.getCommandSpec().qualifiedName() + ": " + Reason.of(problem));
        if (root.isVerbose()) {
            problem.printStackTrace(around.err());
        }
        return FAILED;
    }
}
