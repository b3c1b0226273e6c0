// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.peerwerk.node.internal.process.Program;
import org.jspecify.annotations.Nullable;

/**
 * This program's members.
 *
 * @param name for people
 * @param program this program
 * @param listen what each member listens on
 * @param heap the most memory of a process, as the JVM takes it
 */
record OwnMembers(String name, Program program, String listen, String heap) implements MemberProgram {

    @Override
    public List<String> command(int count, @Nullable String seed) {
        var words = new ArrayList<>(program.start());
        words.addAll(List.of("bench", "members", "--count", Integer.toString(count), "--listen", listen));
        if (seed != null) {
            words.addAll(List.of("--bootstrap", seed));
        }
        return words;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"), "PEERWERK_NO_BUILD", "true",
                "PEERWERK_JAVA_OPTS", "-Xmx" + heap + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    }
}
