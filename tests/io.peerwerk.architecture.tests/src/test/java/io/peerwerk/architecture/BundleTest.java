// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.architecture;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

/** The rules of the bundle table, read from the manifests and sources themselves. */
class BundleTest {

    /** For each bundle the bundles of ours that it may use: arrows point down only. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry("io.peerwerk.core", Set.of()),
            entry("io.peerwerk.transport", Set.of("core")),
            entry("io.peerwerk.transport.tcp", Set.of("core", "transport")),
            entry("io.peerwerk.transport.tls", Set.of("core", "transport")),
            entry("io.peerwerk.transport.quic", Set.of("core", "transport", "transport.tls")),
            entry("io.peerwerk.transport.websocket", Set.of("core", "transport")),
            entry("io.peerwerk.nat", Set.of("core", "transport")),
            entry("io.peerwerk.discovery", Set.of("core", "transport")),
            entry("io.peerwerk.gossip", Set.of("core", "transport")),
            entry("io.peerwerk.routing", Set.of("core", "transport")),
            entry("io.peerwerk.pubsub", Set.of("core", "transport")),
            entry("io.peerwerk.simulator", Set.of("core", "gossip")),
            entry("io.peerwerk.storage", Set.of("core", "transport", "gossip", "routing")),
            entry("io.peerwerk.storage.mvstore", Set.of("core", "storage")),
            entry("io.peerwerk.node", Set.of("core", "transport", "transport.tls", "nat", "gossip", "pubsub", "routing",
                    "storage", "simulator")),
            entry("io.peerwerk.ui", Set.of("core", "transport", "nat", "gossip", "pubsub", "routing", "storage", "simulator",
                    "node")));

    /** Packages with protocols that the simulator runs; nobody else may see them. */
    private static final Pattern RUN_BY_THE_SIMULATOR =
            Pattern.compile("io\\.peerwerk\\.gossip\\.internal\\.(?:cycle|cyclon|newscast|sampling|swim|wire)(?:\\..*)?");
    private static final String TO_THE_SIMULATOR_ALONE = ";version=\"0.1.0\";x-friends:=\"io.peerwerk.simulator\"";

    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?(io\\.peerwerk\\.[\\w.]+)", Pattern.MULTILINE);
    private static final Pattern PACKAGE_IN_HEADER = Pattern.compile("(?:^|,)\\s*(io\\.peerwerk\\.[\\w.]+)");

    private final Repository repository = Repository.here();

    @Test
    void everyBundleStandsInTheTable() throws IOException {
        Set<String> found = repository.bundles().stream().map(b -> b.getFileName().toString()).collect(Collectors.toSet());
        assertEquals(MAY_USE.keySet(), found);
    }

    @Test
    void noBundleImportsOneAboveItOrAnotherOnesInternals() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path bundle : repository.bundles()) {
            String name = bundle.getFileName().toString();
            for (Path source : Repository.sources(bundle)) {
                Matcher m = IMPORT.matcher(Files.readString(source));
                while (m.find()) {
                    String owner = ownerOf(m.group(1));
                    boolean own = owner.equals(name);
                    boolean shown = name.equals("io.peerwerk.simulator") && RUN_BY_THE_SIMULATOR.matcher(m.group(1)).matches();
                    if (!own && (m.group(1).contains(".internal") && !shown || !MAY_USE.get(name).contains(brief(owner)))) {
                        wrong.add(name + ": " + source.getFileName() + " imports " + m.group(1));
                    }
                }
            }
        }
        assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
    }

    @Test
    void internalPackagesAreNeverExportedButProtocolsToTheSimulator() throws IOException {
        for (Path bundle : repository.bundles()) {
            String exports = Repository.manifest(bundle).getMainAttributes().getValue("Export-Package");
            if (exports != null) {
                Matcher m = PACKAGE_IN_HEADER.matcher(exports);
                while (m.find()) {
                    boolean shown = RUN_BY_THE_SIMULATOR.matcher(m.group(1)).matches()
                            && exports.substring(m.end()).replace(" ", "").startsWith(TO_THE_SIMULATOR_ALONE);
                    assertTrue(shown || !m.group(1).contains(".internal"), bundle + " exports an internal package: " + m.group(1));
                }
            }
        }
    }

    @Test
    void everyExportedPackageHasAVersionAndEveryPackageItsParagraph() throws IOException {
        for (Path bundle : repository.bundles()) {
            String exports = Repository.manifest(bundle).getMainAttributes().getValue("Export-Package");
            if (exports != null) {
                Matcher m = PACKAGE_IN_HEADER.matcher(exports);
                while (m.find()) {
                    String rest = exports.substring(m.end());
                    assertTrue(rest.startsWith(";version="), bundle.getFileName() + ": " + m.group(1) + " is exported without a version");
                }
            }
            Set<Path> packages = new TreeSet<>();
            Repository.sources(bundle).forEach(s -> packages.add(s.getParent()));
            for (Path p : packages) {
                assertTrue(Files.exists(p.resolve("package-info.java")), () -> "no package-info.java in " + p);
            }
        }
    }

    @Test
    void everySourceNamesItsLicence() throws IOException {
        for (Path bundle : repository.bundles()) {
            for (Path source : Repository.sources(bundle)) {
                assertTrue(Files.readString(source).startsWith("// SPDX-License-Identifier: EPL-2.0"), () -> source + " has no licence line");
            }
        }
    }

    private static String ownerOf(String type) {
        return MAY_USE.keySet().stream().filter(b -> type.equals(b) || type.startsWith(b + "."))
                .max((a, b) -> Integer.compare(a.length(), b.length())).orElseThrow(() -> new AssertionError("no bundle holds " + type));
    }

    private static String brief(String bundle) {
        return bundle.substring("io.peerwerk.".length());
    }
}
