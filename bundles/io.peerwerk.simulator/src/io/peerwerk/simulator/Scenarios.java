// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.peerwerk.simulator.internal.scenario.ScenarioParser;

/** Where scenarios come from: those that come with the simulator, and files. */
public final class Scenarios {

    private static final List<String> NAMES = List.of("newscast", "failure", "partition", "churn", "cyclon", "swim",
            "swim-million");

    /** The longest trace that is read, in bytes. */
    private static final int MAX_TRACE = 16 << 20;

    private Scenarios() {
    }

    /** Names of those that come with the simulator. */
    public static List<String> names() {
        return NAMES;
    }

    /** The text of one of them. */
    public static String text(String name) {
        try (InputStream in = Scenarios.class.getResourceAsStream("scenarios/" + name + ".sim")) {
            if (in == null || !NAMES.contains(name)) {
                throw new IllegalArgumentException("no scenario " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the scenario " + name + " cannot be read", e);
        }
    }

    /**
     * A scenario that comes with the simulator, or else the file of that name.
     *
     * @throws ScenarioException if it is not a scenario
     * @throws IOException if there is no such file
     */
    public static Scenario load(String nameOrFile) throws IOException {
        if (NAMES.contains(nameOrFile)) {
            return ScenarioParser.parse(nameOrFile + ".sim", text(nameOrFile), trace -> {
                throw new IOException("there are no traces here");
            });
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new IOException("no scenario and no file " + nameOrFile + "; scenarios: " + String.join(", ", NAMES));
        }
        String text = read(file, ScenarioParser.MAX_LENGTH);
        return ScenarioParser.parse(nameOrFile, text, trace -> read(file.resolveSibling(trace), MAX_TRACE));
    }

    private static String read(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new IOException(file + " is longer than " + most + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
