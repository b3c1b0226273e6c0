// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.network;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.node.PeerInfo;
import io.peerwerk.ui.internal.widgets.Palette;

/**
 * The picture of the network. It runs a timer only while something moves. Hovering tells about a peer, a click selects
 * it.
 */
final class NetworkCanvas extends Canvas {
    private static final int FRAME_MILLIS = 33;
    /** A pause of the machine must not make everything jump. */
    private static final Duration LONGEST_STEP = Duration.ofMillis(200);
    private static final int REACH = 6;

    private final NetworkScene scene = new NetworkScene();
    private final NetworkPainter painter;
    private NetworkModel model = new NetworkModel(null, null, List.of());
    private @Nullable PeerId selected;
    private Consumer<PeerId> picked = id -> { };
    private boolean animated = true;
    private boolean moving;
    private long last;

    NetworkCanvas(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        var fonts = new LocalResourceManager(JFaceResources.getResources(), this);
        FontDescriptor font = FontDescriptor.createFrom(getFont());
        painter = new NetworkPainter(Palette.of(this), new NetworkPainter.Fonts(
                fonts.create(font.setStyle(SWT.BOLD)), fonts.create(font.increaseHeight(-1))));
        addListener(SWT.Paint, e -> painter.paint(e.gc, getClientArea(), scene, model, selected));
        addListener(SWT.MouseMove, this::hover);
        addListener(SWT.MouseDown, e -> peerAt(e).ifPresent(peer -> picked.accept(peer.id())));
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent e) {
                e.result = NetworkPresenter.summary(model);
            }
        });
    }

    /** Calls the listener with each peer that is clicked. */
    void onPick(Consumer<PeerId> listener) {
        picked = listener;
    }

    /** Whether peers glide to their places or jump. */
    void animate(boolean on) {
        animated = on;
    }

    boolean animated() {
        return animated;
    }

    void select(@Nullable PeerId id) {
        selected = id;
        redraw();
    }

    void show(NetworkModel next) {
        model = next;
        scene.show(next);
        if (!animated) {
            scene.settle();
        }
        redraw();
        if (!moving) {
            moving = true;
            last = System.nanoTime();
            getDisplay().timerExec(FRAME_MILLIS, this::step);
        }
    }

    private void step() {
        if (isDisposed()) {
            return;
        }
        long now = System.nanoTime();
        Duration passed = Duration.ofNanos(now - last);
        last = now;
        moving = scene.advance(passed.compareTo(LONGEST_STEP) > 0 ? LONGEST_STEP : passed);
        redraw();
        if (moving) {
            getDisplay().timerExec(FRAME_MILLIS, this::step);
        }
    }

    /** Whether something is on its way. */
    boolean moving() {
        return moving;
    }

    private void hover(Event event) {
        String tip = peerAt(event).map(PeerText::tooltip).orElse(null);
        if (tip == null ? getToolTipText() != null : !tip.equals(getToolTipText())) {
            setToolTipText(tip);
        }
    }

    private Optional<PeerInfo> peerAt(Event event) {
        NetworkPainter.Frame frame = NetworkPainter.Frame.of(getClientArea());
        return scene.spots().stream().filter(spot -> near(frame.at(spot), event)).map(NetworkScene.Spot::peer).findFirst();
    }

    private static boolean near(Point at, Event event) {
        return Math.hypot(at.x - event.x, at.y - event.y) <= NetworkPainter.DISC + REACH;
    }
}
