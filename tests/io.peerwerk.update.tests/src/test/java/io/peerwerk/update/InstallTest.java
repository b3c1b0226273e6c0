// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import io.peerwerk.update.PlainEclipse.Report;

/** The way of a user who has an Eclipse: install, restart, work, uninstall. The steps build on each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstallTest {
    private static final String UNIT = "io.peerwerk.workbench.feature.feature.group";
    private static final String PERSPECTIVE = "io.peerwerk.ui.perspective";
    private static final Set<String> VIEWS = Set.of("io.peerwerk.ui.view.network", "io.peerwerk.ui.view.storage",
            "io.peerwerk.ui.view.contribution");
    /** Preferences as p2 or an administrator would set them: nothing but loopback is listened on. */
    private static final String LOOPBACK = "io.peerwerk.ui/listen=/ip4/127.0.0.1/tcp/0\n";

    private PlainEclipse eclipse;
    private Path customization;

    @BeforeAll
    void unpack() throws IOException {
        Path work = Path.of(System.getProperty("update.work"));
        eclipse = PlainEclipse.copyOf(Path.of(System.getProperty("update.plain")), work);
        customization = Files.writeString(work.resolve("loopback.ini"), LOOPBACK);
    }

    private Report start(String... properties) throws IOException, InterruptedException {
        return eclipse.start(List.of(properties), "-pluginCustomization", customization.toString());
    }

    @Test
    @Order(1)
    void aPlainEclipseHasNothingOfOurs() throws Exception {
        Report report = start();
        assertFalse(report.perspectives().contains(PERSPECTIVE), report.perspectives().toString());
        assertTrue(report.bundles().stream().noneMatch(name -> name.startsWith("io.peerwerk")), report.bundles().toString());
        assertTrue(report.bundles().contains("org.eclipse.ui.ide"), report.bundles().toString());
    }

    @Test
    @Order(2)
    void theDirectorInstallsTheFeatureFromTheBuiltRepositoryAlone() throws Exception {
        eclipse.install(Path.of(System.getProperty("update.repository")), UNIT);
    }

    @Test
    @Order(3)
    void atTheNextStartThePerspectiveIsThereAndOpensWithARunningNode() throws Exception {
        Path picture = Files.createDirectories(Path.of(System.getProperty("update.screenshots"))).resolve("plain-eclipse.png");
        Report report = start("-Dprobe.open=" + PERSPECTIVE, "-Dprobe.service=io.peerwerk.node.Node", "-Dprobe.picture=" + picture);
        assertTrue(report.perspectives().contains(PERSPECTIVE), report.perspectives().toString());
        assertEquals(PERSPECTIVE, report.open());
        assertTrue(report.views().containsAll(VIEWS), report.views().toString());
        assertTrue(report.service(), "no node runs; active: " + report.active());
        assertEquals(Set.of(), report.unresolved());
        assertTrue(report.active().contains("io.peerwerk.ui"), report.active().toString());
        assertSomethingIsOn(picture);
    }

    private static void assertSomethingIsOn(Path picture) throws IOException {
        BufferedImage image = ImageIO.read(picture.toFile());
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y += 3) {
            for (int x = 0; x < image.getWidth(); x += 3) {
                colours.add(image.getRGB(x, y));
            }
        }
        assertTrue(colours.size() > 100, "only " + colours.size() + " colours on " + picture);
    }

    @Test
    @Order(4)
    void theStartAfterThatRemembersIt() throws Exception {
        Report report = start("-Dprobe.service=io.peerwerk.node.Node");
        assertEquals(PERSPECTIVE, report.open());
        assertTrue(report.service(), "no node runs");
    }

    @Test
    @Order(5)
    void afterUninstallingNothingOfOursIsLeft() throws Exception {
        eclipse.uninstall(UNIT);
        Report report = start();
        assertFalse(report.perspectives().contains(PERSPECTIVE), report.perspectives().toString());
        assertTrue(report.bundles().stream().noneMatch(name -> name.startsWith("io.peerwerk")), report.bundles().toString());
    }
}
