// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import io.peerwerk.core.Registration;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.Perf;

/** Lets peers measure the way to this node, for as long as somebody configures {@value #PID}; else nobody may. */
@Component(service = {}, configurationPid = PerfServer.PID, configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
public final class PerfServer {

    /** The configuration's name. */
    public static final String PID = "io.peerwerk.transport.perf";

    /** The configuration. */
    public @interface Settings {

        /** Bytes that one measurement may take in each direction. */
        long limit() default 1_000_000_000;
    }

    private final Registration serving;

    /** Serves until {@link #close()}. */
    @Activate
    public PerfServer(@Reference Host host, Settings settings) {
        serving = Perf.serve(host, settings.limit());
    }

    /** Serves no more; measurements under way go on. */
    @Deactivate
    public void close() {
        serving.close();
    }
}
