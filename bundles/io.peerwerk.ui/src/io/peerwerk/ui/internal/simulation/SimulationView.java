// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.simulation;

import java.nio.file.Path;
import java.util.Optional;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IMemento;
import org.jspecify.annotations.Nullable;

import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.NoticeView;
import io.peerwerk.ui.internal.node.Notice;

/** Simulations of thousands of peers, or a word about the simulator that is not there. Closing it stops them. */
public final class SimulationView extends NoticeView {
    static final String ICON = "simulation-large"; //$NON-NLS-1$

    private @Nullable SimulationPane pane;

    public SimulationView() {
        super(ICON);
    }

    @Override
    protected Control createContent(Composite parent, @Nullable IMemento remembered) {
        try {
            pane = new SimulationPane(parent, remembered, ui());
            return pane;
        } catch (NoClassDefFoundError e) {
            return new Composite(parent, SWT.NONE); // hidden behind the notice
        }
    }

    @Override
    public void createPartControl(Composite parent) {
        super.createPartControl(parent);
        show(pane == null ? Notice.module(Messages.Simulation_module) : null);
    }

    /** Runs what is chosen here, or this scenario or file as it says. */
    public void run(@Nullable String scenario) {
        if (pane != null && scenario != null) {
            pane.choose(scenario, true);
        } else if (pane != null) {
            pane.run();
        }
    }

    /** Takes this scenario or file. */
    public void choose(String scenario) {
        if (pane != null) {
            pane.choose(scenario, false);
        }
    }

    /** Stops the run under way. */
    public void stop() {
        if (pane != null) {
            pane.stop();
        }
    }

    /** Writes what there is to this file, or to one that the user chooses. */
    public void export(@Nullable Path file) {
        if (pane != null && file != null) {
            pane.export(file);
        } else if (pane != null) {
            pane.export();
        }
    }

    @Override
    public void saveState(IMemento memento) {
        if (pane != null) {
            pane.save(memento);
        }
    }

    /** What is shown, where the simulator is there. */
    public Optional<SimulationPane> pane() {
        return Optional.ofNullable(pane);
    }
}
