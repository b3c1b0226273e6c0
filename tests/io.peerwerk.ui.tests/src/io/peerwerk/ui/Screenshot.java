// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Shell;

/** A picture of a window as it is on the screen. */
record Screenshot(ImageData pixels) {
    /** A window with text, tables and a drawing has hundreds of colours, and none fills it. */
    private static final int COLOURS = 100;
    private static final double MOST_OF_ONE = 0.95;
    private static final int STEP = 3;
    private static final RGB BLACK = new RGB(0, 0, 0);

    static Screenshot of(Shell shell) {
        shell.redraw();
        shell.update();
        Loop.idle();
        Rectangle bounds = shell.getBounds().intersection(shell.getDisplay().getBounds());
        GC screen = new GC(shell.getDisplay());
        Image image = new Image(shell.getDisplay(), bounds.width, bounds.height);
        try {
            screen.copyArea(image, bounds.x, bounds.y);
            return new Screenshot(withoutMargin(image.getImageData()));
        } finally {
            image.dispose();
            screen.dispose();
        }
    }

    /** Without a window manager nobody paints the frame that the bounds count in: black to the right and below. */
    private static ImageData withoutMargin(ImageData all) {
        int width = all.width;
        while (width > 1 && black(all, width - 1, 0, 0, 1)) {
            width--;
        }
        int height = all.height;
        while (height > 1 && black(all, 0, height - 1, 1, 0)) {
            height--;
        }
        ImageData inner = new ImageData(width, height, all.depth, all.palette);
        int[] line = new int[width];
        for (int y = 0; y < height; y++) {
            all.getPixels(0, y, width, line, 0);
            inner.setPixels(0, y, width, line, 0);
        }
        return inner;
    }

    private static boolean black(ImageData image, int x, int y, int stepX, int stepY) {
        for (; x < image.width && y < image.height; x += stepX, y += stepY) {
            if (!BLACK.equals(image.palette.getRGB(image.getPixel(x, y)))) {
                return false;
            }
        }
        return true;
    }

    /** Writes it to {@code target/screenshots} and fails where there is nothing on it. */
    Screenshot save(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of(System.getProperty("peerwerk.screenshots", "target/screenshots")));
        ImageLoader loader = new ImageLoader();
        loader.data = new ImageData[] {pixels};
        loader.save(folder.resolve(name + ".png").toString(), SWT.IMAGE_PNG);
        Map<Integer, Integer> colours = colours();
        int looked = colours.values().stream().mapToInt(Integer::intValue).sum();
        int most = colours.values().stream().mapToInt(Integer::intValue).max().orElse(looked);
        assertTrue(colours.size() >= COLOURS && most < looked * MOST_OF_ONE,
                () -> name + " is blank: " + colours.size() + " colours, one on " + most + " of " + looked + " pixels");
        return this;
    }

    private Map<Integer, Integer> colours() {
        Map<Integer, Integer> colours = new HashMap<>();
        for (int y = 0; y < pixels.height; y += STEP) {
            for (int x = 0; x < pixels.width; x += STEP) {
                colours.merge(pixels.getPixel(x, y), 1, Integer::sum);
            }
        }
        return colours;
    }
}
