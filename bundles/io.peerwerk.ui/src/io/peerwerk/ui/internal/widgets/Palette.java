// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.widgets;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Control;

import io.peerwerk.gossip.MemberState;

/**
 * The colours of our pictures, for light and for dark themes. No meaning is told by colour alone: lines differ in
 * style, bars have figures beside them.
 *
 * @param background of a picture
 * @param foreground of text on it
 * @param muted text of less weight
 * @param line rings, frames and empty parts of bars
 * @param accent this peer, the selection and what is used
 * @param good a peer that answers, an item that is whole
 * @param warn a peer under suspicion, an item that is weak
 * @param bad an item that cannot be read
 * @param gone a peer that is away
 */
public record Palette(Color background, Color foreground, Color muted, Color line, Color accent, Color good, Color warn,
        Color bad, Color gone) {

    private static final double DARK = 0.5;

    /** The palette that suits the theme in which the control is shown. */
    public static Palette of(Control control) {
        Color background = control.getDisplay().getSystemColor(SWT.COLOR_LIST_BACKGROUND);
        Color foreground = control.getDisplay().getSystemColor(SWT.COLOR_LIST_FOREGROUND);
        return luminance(background.getRGB()) < DARK ? dark(background, foreground) : light(background, foreground);
    }

    private static Palette light(Color background, Color foreground) {
        return new Palette(background, foreground, color(0x5F6B7A), color(0xDCE3EA), color(0x2F6FB5), color(0x1F9D7A),
                color(0xD98E04), color(0xC8453B), color(0x9AA5B1));
    }

    private static Palette dark(Color background, Color foreground) {
        return new Palette(background, foreground, color(0xA3AEBB), color(0x4A535E), color(0x6AA8EA), color(0x4CC9A2),
                color(0xF0B445), color(0xEF7A70), color(0x7A8590));
    }

    private static Color color(int rgb) {
        return new Color(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
    }

    private static double luminance(RGB rgb) {
        return (0.299 * rgb.red + 0.587 * rgb.green + 0.114 * rgb.blue) / 255;
    }

    /** The colour of a peer. */
    public Color state(MemberState state) {
        return switch (state) {
            case ALIVE -> good;
            case SUSPECT -> warn;
            case DEAD, LEFT -> gone;
        };
    }

    /** A colour between two: 0 is the first, 1 the second. */
    public static Color between(Color first, Color second, double share) {
        double s = Math.clamp(share, 0, 1);
        return new Color(mix(first.getRed(), second.getRed(), s), mix(first.getGreen(), second.getGreen(), s),
                mix(first.getBlue(), second.getBlue(), s));
    }

    private static int mix(int first, int second, double share) {
        return (int) Math.round(first + (second - first) * share);
    }
}
