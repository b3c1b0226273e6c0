// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.util.Arrays;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;

/** The application of the headless product: hands the arguments to the command line and gives its exit code back. */
public final class CliApplication implements IApplication {

    @Override
    public Object start(IApplicationContext context) {
        var arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        System.out.println(Arrays.toString(arguments));
        return arguments.length;
    }

    @Override
    public void stop() {
        // Nothing runs beyond start().
    }
}
