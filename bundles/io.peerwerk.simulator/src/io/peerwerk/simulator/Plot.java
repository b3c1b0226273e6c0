// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import javax.imageio.ImageIO;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.intermediate.CommandSequence;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A picture of a simulation: for each quantity a chart of how it went with time, in two columns. */
public final class Plot {

    private static final int WIDTH = 560;
    private static final int HEIGHT = 300;
    private static final int COLUMNS = 2;
    private static final Color INK = new Color(0x1f, 0x5a, 0xa6);

    private final Scenario scenario;
    private final List<Observation> rows;
    private final List<Quantity> quantities;

    public Plot(Scenario scenario, List<Observation> rows) {
        this.scenario = scenario;
        this.rows = List.copyOf(rows);
        this.quantities = Quantity.of(scenario).stream()
                .filter(quantity -> rows.stream().anyMatch(row -> !Double.isNaN(row.get(quantity)))).toList();
    }

    /** Whether a file of this name can be written. */
    public static boolean canWrite(Path file) {
        return ending(file).equals("svg") || ending(file).equals("png");
    }

    private static String ending(Path file) {
        String name = file.toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * Writes it, as SVG or PNG by the name's ending.
     *
     * @throws IllegalArgumentException for another ending
     */
    public void write(Path file) throws IOException {
        if (!canWrite(file)) {
            throw new IllegalArgumentException("a plot is a file that ends with .svg or .png, not " + file);
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            if (ending(file).equals("svg")) {
                writeSvg(out);
            } else {
                writePng(out);
            }
        }
    }

    private int width() {
        return WIDTH * Math.min(COLUMNS, quantities.size());
    }

    private int height() {
        return HEIGHT * ((quantities.size() + COLUMNS - 1) / COLUMNS);
    }

    private void writeSvg(OutputStream out) throws IOException {
        var graphics = new VectorGraphics2D();
        paint(graphics);
        CommandSequence commands = graphics.getCommands();
        new SVGProcessor().getDocument(commands, new PageSize(width(), height())).writeTo(out);
    }

    private void writePng(OutputStream out) throws IOException {
        var image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        paint(graphics);
        graphics.dispose();
        ImageIO.write(image, "png", out);
    }

    private void paint(Graphics2D graphics) {
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width(), height());
        for (int i = 0; i < quantities.size(); i++) {
            var panel = (Graphics2D) graphics.create();
            panel.translate(i % COLUMNS * WIDTH, i / COLUMNS * HEIGHT);
            chart(quantities.get(i)).paint(panel, WIDTH, HEIGHT);
            panel.dispose();
        }
    }

    private XYChart chart(Quantity quantity) {
        boolean cycles = scenario.mode() == Scenario.Mode.CYCLES;
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(quantity.heading())
                .xAxisTitle(cycles ? "cycle" : "seconds").build();
        List<Observation> known = rows.stream().filter(row -> !Double.isNaN(row.get(quantity))).toList();
        double[] times = known.stream().mapToDouble(row -> cycles ? row.at() : row.at() / 1e3).toArray();
        double[] values = known.stream().mapToDouble(row -> row.get(quantity)).toArray();
        chart.addSeries(quantity.key(), times, values).setMarker(SeriesMarkers.NONE).setLineColor(INK);
        chart.getStyler().setLegendVisible(false).setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setYAxisMin(0.0);
        return chart;
    }
}
