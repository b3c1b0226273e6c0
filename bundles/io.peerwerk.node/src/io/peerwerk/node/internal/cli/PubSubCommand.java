// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "pubsub", subcommands = {PubCommand.class, SubCommand.class},
        description = {"Publishes messages under topics and hears those of others.",
            "Speaks gossipsub, so peers of other makes hear and are heard. Nothing is encrypted or kept: who is"
                + " subscribed hears it now, nobody hears it later."},
        footerHeading = "%nExamples:%n",
        footer = {"  peerwerk pubsub sub weather", "  peerwerk pubsub pub weather 'rain at noon'"})
final class PubSubCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "pub or sub?");
    }
}
