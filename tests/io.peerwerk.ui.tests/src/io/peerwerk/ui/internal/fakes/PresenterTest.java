// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.fakes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the tests of presenters begin with: a node that runs, and a view that keeps what it is shown. A test is the view of
 * its presenter, by its interface.
 *
 * @param <M> the model
 */
public abstract class PresenterTest<M> {
    /** Longer than a refresher takes to calm down, shorter than a pulse. */
    protected static final Duration MOMENT = Duration.ofMillis(200);

    protected final VirtualUi ui = new VirtualUi();
    protected final FakeNode node = new FakeNode(Path.of("home"));
    protected final FakeSource source = FakeSource.running(node);
    protected final List<M> shown = new ArrayList<>();
    protected boolean visible = true;

    /** The view's. */
    public void show(M model) {
        shown.add(model);
    }

    /** The view's. */
    public boolean visible() {
        return visible;
    }

    /** The presenter, when it has shown what there is. */
    protected <P> P begun(P presenter) {
        ui.advance(MOMENT);
        return presenter;
    }
}
