// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotTest {

    @TempDir
    Path folder;

    private static Plot plot() throws IOException {
        Scenario scenario = Scenarios.load("failure").withPeers(200).withLength(30);
        return new Plot(scenario, new Simulation(scenario, 1, false).run(SimulationListener.NONE).rows());
    }

    @Test
    void aPictureHasAChartForEachQuantity() throws IOException {
        plot().write(folder.resolve("a.png"));
        var image = ImageIO.read(folder.resolve("a.png").toFile());
        assertEquals(2 * 560, image.getWidth());
        assertEquals(5 * 300, image.getHeight(), "nine quantities in two columns");
    }

    @Test
    void aDrawingIsSvgWithLines() throws IOException {
        plot().write(folder.resolve("a.SVG"));
        String svg = Files.readString(folder.resolve("a.SVG"));
        assertTrue(svg.contains("<svg"), "no SVG");
        assertTrue(svg.contains("<path") || svg.contains("<line") || svg.contains("<polyline"), "no lines");
    }

    @Test
    void otherEndingsAreRefused() throws IOException {
        Plot plot = plot();
        assertThrows(IllegalArgumentException.class, () -> plot.write(folder.resolve("a.gif")));
    }
}
