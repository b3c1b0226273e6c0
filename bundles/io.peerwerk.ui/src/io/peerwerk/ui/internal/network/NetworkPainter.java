// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.network;

import java.util.Arrays;
import java.util.List;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.node.PeerInfo;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.widgets.Palette;

/**
 * Paints a scene: rings of equal round trip, a line to every peer (solid where there is a connection, thin where there
 * is none, dashed under suspicion, dotted when gone), and the peers as discs with their names.
 *
 * @param fonts for names and for what is written small
 */
record NetworkPainter(Palette palette, Fonts fonts) {
    record Fonts(Font name, Font small) {
    }

    /** Radius of a peer's disc, of one among many, and of the middle one. */
    static final int DISC = 15;
    static final int SMALL_DISC = 7;
    private static final int MIDDLE = 24;
    /** With more peers than this their names would cover each other. */
    private static final int NAMES = 24;
    private static final int SIDE_MARGIN = 62;
    private static final int TOP_MARGIN = 62;
    private static final int BOTTOM_MARGIN = 58;
    /** The picture becomes an ellipse in a wide view, up to this ratio. */
    private static final double WIDEST = 1.75;
    /** Peers higher than this carry their names above them. */
    private static final double ABOVE = -0.2;
    /** Where on a ring its label may stand, the best first: above, below, then between the two. */
    private static final double[] RING_LABELS = {-Math.PI / 2, Math.PI / 2, -Math.PI / 4, -3 * Math.PI / 4, Math.PI / 4,
        3 * Math.PI / 4};

    /** Where the scene's middle lies in the view and how many pixels its rim is away. */
    record Frame(int x, int y, double across, double down) {
        static Frame of(Rectangle area) {
            double down = Math.max(20, (area.height - TOP_MARGIN - BOTTOM_MARGIN) / 2.0 / 1.08);
            double across = Math.max(20, (area.width - 2 * SIDE_MARGIN) / 2.0 / 1.08);
            int y = area.y + TOP_MARGIN + (area.height - TOP_MARGIN - BOTTOM_MARGIN) / 2;
            return new Frame(area.x + area.width / 2, y, Math.min(across, down * WIDEST), Math.min(down, across * WIDEST));
        }

        Point at(NetworkScene.Spot spot) {
            return new Point((int) Math.round(x + spot.x() * across), (int) Math.round(y + spot.y() * down));
        }
    }

    void paint(GC gc, Rectangle area, NetworkScene scene, NetworkModel model, @Nullable PeerId selected) {
        gc.setAdvanced(true);
        gc.setAntialias(SWT.ON);
        gc.setTextAntialias(SWT.ON);
        gc.setBackground(palette.background());
        gc.fillRectangle(area);
        Frame frame = Frame.of(area);
        boolean names = scene.spots().size() <= NAMES;
        rings(gc, frame, scene.scale(), names ? scene.spots().stream().map(spot -> room(gc, frame, spot, model)).toList() : List.of());
        scene.spots().forEach(spot -> line(gc, frame, spot, look(spot.peer(), model, names)));
        for (NetworkScene.Spot spot : scene.spots()) {
            disc(gc, frame, spot, look(spot.peer(), model, names), spot.peer().id().equals(selected));
        }
        middle(gc, frame, model.self());
        summary(gc, area, model);
        legend(gc, area);
        gc.setAlpha(255);
    }

    private void rings(GC gc, Frame frame, RoundTripScale scale, List<Rectangle> taken) {
        gc.setLineWidth(1);
        gc.setFont(fonts.small());
        for (RoundTripScale.Ring ring : scale.rings()) {
            int across = (int) (frame.across() * ring.radius());
            int down = (int) (frame.down() * ring.radius());
            gc.setForeground(palette.line());
            gc.drawOval(frame.x() - across, frame.y() - down, 2 * across, 2 * down);
            String label = Figures.roundMillis(ring.millis());
            Point size = gc.textExtent(label);
            Arrays.stream(RING_LABELS).mapToObj(angle -> new Rectangle(
                    frame.x() + (int) (across * Math.cos(angle)) - size.x / 2 - 3,
                    frame.y() + (int) (down * Math.sin(angle)) - size.y / 2, size.x + 6, size.y))
                    .filter(place -> taken.stream().noneMatch(place::intersects)).findFirst()
                    .ifPresent(place -> ringLabel(gc, label, place));
        }
    }

    private void ringLabel(GC gc, String label, Rectangle place) {
        gc.fillRectangle(place);
        gc.setForeground(palette.muted());
        gc.drawText(label, place.x + 3, place.y, true);
    }

    private void line(GC gc, Frame frame, NetworkScene.Spot spot, Look look) {
        Point to = frame.at(spot);
        gc.setForeground(look.colour());
        boolean connected = spot.peer().connected() && spot.peer().state().isReachable();
        gc.setAlpha((int) (spot.visibility() * (connected ? 210 : 120)));
        gc.setLineWidth(connected && look.detail() != null ? 2 : 1);
        gc.setLineStyle(look.line());
        gc.drawLine(frame.x(), frame.y(), to.x, to.y);
        gc.setLineStyle(SWT.LINE_SOLID);
        gc.setAlpha(255);
    }

    /** How a peer looks: {@code detail} stands under its name, null where there is no room for names. */
    private record Look(Color colour, int line, @Nullable String detail) {
    }

    private Look look(PeerInfo peer, NetworkModel model, boolean named) {
        boolean blocked = model.blocked().contains(peer.id());
        return new Look(blocked ? palette.gone() : palette.state(peer.state()),
                blocked ? SWT.LINE_DOT : line(peer.state()), named ? detail(peer, model) : null);
    }

    private static int line(MemberState state) {
        return switch (state) {
            case ALIVE -> SWT.LINE_SOLID;
            case SUSPECT -> SWT.LINE_DASH;
            case DEAD, LEFT -> SWT.LINE_DOT;
        };
    }

    private void disc(GC gc, Frame frame, NetworkScene.Spot spot, Look look, boolean selected) {
        Point at = frame.at(spot);
        String detail = look.detail();
        int radius = detail == null ? SMALL_DISC : DISC;
        gc.setBackground(palette.background());
        fillCircle(gc, at, radius + 3);
        gc.setAlpha((int) (spot.visibility() * 255));
        if (selected) {
            gc.setBackground(palette.accent());
            fillCircle(gc, at, radius + 3);
            gc.setBackground(palette.background());
            fillCircle(gc, at, radius + 1);
        }
        gc.setBackground(look.colour());
        fillCircle(gc, at, radius);
        if (detail != null) {
            screen(gc, at, look.colour());
            names(gc, at, spot, detail);
        }
        gc.setAlpha(255);
        gc.setBackground(palette.background());
    }

    /** A small computer in a disc. */
    private void screen(GC gc, Point at, Color colour) {
        gc.setBackground(palette.background());
        gc.fillRoundRectangle(at.x - 7, at.y - 6, 14, 9, 3, 3);
        gc.fillRectangle(at.x - 1, at.y + 3, 2, 2);
        gc.fillRoundRectangle(at.x - 4, at.y + 5, 8, 2, 2, 2);
        gc.setBackground(colour);
        gc.fillRectangle(at.x - 5, at.y - 4, 10, 5);
    }

    /** What a peer with its name takes of the picture. */
    private Rectangle room(GC gc, Frame frame, NetworkScene.Spot spot, NetworkModel model) {
        Point at = frame.at(spot);
        Point name = extent(gc, fonts.name(), spot.peer().id().brief());
        Point detail = extent(gc, fonts.small(), detail(spot.peer(), model));
        int width = Math.max(Math.max(name.x, detail.x), 2 * DISC);
        int height = 2 * DISC + 2 + name.y + detail.y;
        return new Rectangle(at.x - width / 2, spot.y() < ABOVE ? at.y + DISC - height : at.y - DISC, width, height);
    }

    private static Point extent(GC gc, Font font, String text) {
        gc.setFont(font);
        return gc.textExtent(text);
    }

    /** Name and detail on the side that its line does not cross. */
    private void names(GC gc, Point at, NetworkScene.Spot spot, String detail) {
        String name = spot.peer().id().brief();
        Point nameSize = extent(gc, fonts.name(), name);
        Point detailSize = extent(gc, fonts.small(), detail);
        int y = spot.y() < ABOVE ? at.y - DISC - 2 - nameSize.y - detailSize.y : at.y + DISC + 2;
        gc.setForeground(palette.muted());
        gc.drawText(detail, at.x - detailSize.x / 2, y + nameSize.y - 1, true);
        gc.setForeground(palette.foreground());
        gc.setFont(fonts.name());
        gc.drawText(name, at.x - nameSize.x / 2, y, true);
    }

    /** What stands under a peer's name: how far it is and what it offers, or why it is grey. */
    static String detail(PeerInfo peer, NetworkModel model) {
        return model.blocked().contains(peer.id()) ? Messages.State_blocked : switch (peer.state()) {
            case ALIVE -> NLS.bind(Messages.Network_detail, Figures.roundTrip(peer.roundTrip()), Figures.size(peer.offer()));
            case SUSPECT -> Messages.State_suspect;
            case DEAD -> Messages.State_dead;
            case LEFT -> Messages.State_left;
        };
    }

    private void middle(GC gc, Frame frame, NetworkModel.@Nullable Self self) {
        Point at = new Point(frame.x(), frame.y());
        gc.setBackground(palette.background());
        fillCircle(gc, at, MIDDLE + 4);
        gc.setAlpha(50);
        gc.setBackground(palette.accent());
        fillCircle(gc, at, MIDDLE + 4);
        gc.setAlpha(255);
        fillCircle(gc, at, MIDDLE);
        logo(gc, at);
        gc.setForeground(palette.foreground());
        gc.setFont(fonts.name());
        String name = self == null ? Messages.Network_self : NLS.bind(Messages.Network_selfNamed, self.id().brief());
        Point size = gc.textExtent(name);
        gc.setBackground(palette.background());
        gc.setAlpha(200);
        gc.fillRoundRectangle(at.x - size.x / 2 - 5, at.y + MIDDLE + 6, size.x + 10, size.y + 2, 8, 8);
        gc.setAlpha(255);
        gc.drawText(name, at.x - size.x / 2, at.y + MIDDLE + 7, true);
    }

    /** Three peers, each joined with the two others. */
    private void logo(GC gc, Point at) {
        int[] corners = {at.x, at.y - 11, at.x + 10, at.y + 7, at.x - 10, at.y + 7};
        gc.setForeground(palette.background());
        gc.setBackground(palette.background());
        gc.setLineWidth(2);
        gc.drawPolygon(corners);
        for (int i = 0; i < corners.length; i += 2) {
            fillCircle(gc, new Point(corners[i], corners[i + 1]), 4);
        }
    }

    private void summary(GC gc, Rectangle area, NetworkModel model) {
        gc.setFont(fonts.name());
        gc.setForeground(palette.foreground());
        gc.drawText(NetworkPresenter.summary(model), area.x + 10, area.y + 8, true);
        if (model.peers().isEmpty()) {
            int line = gc.getFontMetrics().getHeight();
            gc.setFont(fonts.small());
            gc.setForeground(palette.muted());
            gc.drawText(Messages.Network_aloneHint, area.x + 10, area.y + 10 + line, true);
        }
    }

    private void legend(GC gc, Rectangle area) {
        gc.setFont(fonts.small());
        int x = area.x + 10;
        int y = area.y + area.height - gc.getFontMetrics().getHeight() - 6;
        x = entry(gc, x, y, MemberState.ALIVE, Messages.Legend_alive);
        x = entry(gc, x, y, MemberState.SUSPECT, Messages.Legend_suspect);
        entry(gc, x, y, MemberState.DEAD, Messages.Legend_dead);
        String distance = Messages.Legend_distance;
        int width = gc.textExtent(distance).x;
        gc.setForeground(palette.muted());
        gc.drawText(distance, area.x + area.width - width - 10, y, true);
    }

    private int entry(GC gc, int x, int y, MemberState state, String label) {
        int height = gc.getFontMetrics().getHeight();
        gc.setBackground(palette.state(state));
        gc.fillOval(x, y + height / 2 - 4, 8, 8);
        gc.setForeground(palette.muted());
        gc.drawText(label, x + 12, y, true);
        return x + 12 + gc.textExtent(label).x + 14;
    }

    private static void fillCircle(GC gc, Point at, int radius) {
        gc.fillOval(at.x - radius, at.y - radius, 2 * radius, 2 * radius);
    }
}
