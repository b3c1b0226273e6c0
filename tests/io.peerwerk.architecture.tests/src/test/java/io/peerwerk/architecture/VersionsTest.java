// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/**
 * A library is named twice: in the target platform that the bundles are built against, and in the parent of the tests
 * that run without OSGi. Both must name the same version, or the tests would test something else than what runs.
 */
class VersionsTest {

    private static final Pattern DEPENDENCY = Pattern.compile(
            "<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");
    private static final Pattern PROPERTY = Pattern.compile("<([a-z0-9.]+\\.version)>([^<]+)</");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");

    private final Path root = Repository.here().root();

    @Test
    void theTestsRunOnTheLibrariesOfTheTargetPlatform() throws IOException {
        Map<String, String> target = dependencies(root.resolve("target-platform/peerwerk.target"));
        Map<String, String> tests = dependencies(root.resolve("tests/pom.xml"));

        var inTests = new TreeMap<>(tests);
        inTests.keySet().retainAll(target.keySet());
        var inTarget = new TreeMap<>(target);
        inTarget.keySet().retainAll(tests.keySet());

        assertFalse(inTests.isEmpty());
        assertEquals(inTarget, inTests);
    }

    @Test
    void theBuildAndItsExtensionAreOfOneVersion() throws IOException {
        String extension = dependencies(root.resolve(".mvn/extensions.xml")).get("org.eclipse.tycho:tycho-build");
        assertEquals(extension, dependencies(root.resolve("pom.xml")).get("org.eclipse.tycho:tycho-maven-plugin"));
    }

    /** From "group:artifact" to its version, with references to properties of the same file resolved. */
    private static Map<String, String> dependencies(Path file) throws IOException {
        String text = Files.readString(file);
        var properties = new HashMap<String, String>();
        PROPERTY.matcher(text).results().forEach(found -> properties.put(found.group(1), found.group(2)));
        var versions = new HashMap<String, String>();
        DEPENDENCY.matcher(text).results().forEach(found -> versions.put(found.group(1) + ":" + found.group(2),
                REFERENCE.matcher(found.group(3)).replaceAll(name -> properties.getOrDefault(name.group(1), "unknown"))));
        return versions;
    }
}
