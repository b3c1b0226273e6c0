// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.membership;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A program that runs members, as a command; the lines it speaks are those of {@link Members}. */
interface MemberProgram {

    /** For people. */
    String name();

    /**
     * The command.
     *
     * @param count members to run in the process
     * @param seed the address of a member to ask for the others; null for the first of these
     */
    List<String> command(int count, @Nullable String seed);

    /** What is set in the environment of its processes. */
    Map<String, String> environment();
}
