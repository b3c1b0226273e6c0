// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.dial;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** A source of what stands under a name. Calls block; they may be made on many threads at once. */
public interface Names {

    /** The addresses of a host, of both versions of IP. Empty if it has none. */
    List<InetAddress> addresses(String host) throws IOException;

    /** The TXT records of a name, each with its strings joined. Empty if it has none. */
    List<String> texts(String name) throws IOException;
}
