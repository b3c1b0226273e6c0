// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.erasure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the JVM does not tell of the processor. */
final class Processor {

    private static final Path LINUX = Path.of("/proc/cpuinfo");

    private Processor() {
    }

    /**
     * Whether one instruction shuffles the bytes of 512 bits (AVX-512 VBMI). Known on Linux alone; other systems go with
     * 128 bits, which every processor shuffles.
     */
    static boolean shufflesBytes512() {
        try (Stream<String> lines = Files.lines(LINUX, StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> line.startsWith("flags") && (line + " ").contains(" avx512vbmi "));
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
