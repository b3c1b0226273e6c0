// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.eclipse.swt.widgets.Text;
import org.jspecify.annotations.Nullable;

import io.peerwerk.simulator.Scenario;
import io.peerwerk.simulator.Scenarios;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.simulation.SimulationModel.Choice;
import io.peerwerk.ui.internal.widgets.AccessibleName;
import io.peerwerk.ui.internal.widgets.Icons;
import io.peerwerk.ui.internal.widgets.Palette;

/** The scenario, what is changed of it, the buttons that run and stop it, and lines that say what it is and how it stands. */
final class ScenarioBar extends Composite {
    /** What the bar asks for. */
    interface Wishes {
        void choose(String nameOrFile);

        /** The user wants to choose a file. */
        void browse();

        void run(Wish wish);

        void stop();
    }

    private static final int WHOLE = 1000;
    private static final int COLUMNS = 3;
    private static final int NUMBERS = 8;
    private static final int DIGITS = 8;
    private static final int TEXT_WIDTH = 240;
    private static final int PROGRESS_WIDTH = 120;

    private final Wishes wishes;
    private final Icons icons;
    private final List<String> names = new ArrayList<>(Scenarios.names());
    private final Combo scenario;
    private final Text peers;
    private final Label lengthLabel;
    private final Text length;
    private final Text seed;
    private final Button run;
    private final Button stop;
    private final Label icon;
    private final Label said;
    private final Label state;
    private final ProgressBar progress;
    /** The choice that the fields show. */
    private int filled = -1;
    private String refusal = ""; //$NON-NLS-1$
    /** What the run told last. */
    private String line = ""; //$NON-NLS-1$
    private boolean ready;
    private @Nullable SimulationModel shown;

    ScenarioBar(Composite parent, Wishes wishes) {
        super(parent, SWT.NONE);
        this.wishes = wishes;
        icons = new Icons(this);
        GridLayoutFactory.fillDefaults().spacing(0, 6).applyTo(this);
        scenario = createScenario(row(COLUMNS));
        Composite about = row(2);
        icon = new Label(about, SWT.NONE);
        GridDataFactory.fillDefaults().align(SWT.CENTER, SWT.TOP).applyTo(icon);
        said = new Label(about, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).hint(TEXT_WIDTH, SWT.DEFAULT).applyTo(said);
        Composite numbers = row(NUMBERS);
        peers = number(numbers, label(numbers, Messages.Simulation_peers));
        lengthLabel = label(numbers, Messages.Simulation_secondsLabel); // the longer one, so that there is room for both
        length = number(numbers, lengthLabel);
        seed = number(numbers, label(numbers, Messages.Simulation_seed));
        run = button(numbers, Messages.Simulation_run);
        run.addListener(SWT.Selection, e -> run());
        stop = button(numbers, Messages.Simulation_stop);
        stop.addListener(SWT.Selection, e -> wishes.stop());
        Composite standing = row(2);
        progress = new ProgressBar(standing, SWT.HORIZONTAL | SWT.SMOOTH);
        progress.setMaximum(WHOLE);
        GridDataFactory.fillDefaults().align(SWT.FILL, SWT.CENTER).hint(PROGRESS_WIDTH, SWT.DEFAULT).applyTo(progress);
        state = label(standing, ""); //$NON-NLS-1$
        state.setForeground(Palette.of(this).muted());
        GridDataFactory.fillDefaults().align(SWT.FILL, SWT.CENTER).grab(true, false).applyTo(state);
    }

    private Combo createScenario(Composite parent) {
        label(parent, Messages.Simulation_scenario);
        Combo combo = new Combo(parent, SWT.READ_ONLY);
        AccessibleName.give(combo, () -> Messages.Simulation_scenario);
        combo.setItems(names.toArray(String[]::new));
        combo.addListener(SWT.Selection, e -> wishes.choose(names.get(combo.getSelectionIndex())));
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(combo);
        Button browse = button(parent, Messages.Simulation_file);
        browse.setToolTipText(Messages.Simulation_fileTooltip);
        browse.addListener(SWT.Selection, e -> wishes.browse());
        return combo;
    }

    private static Label label(Composite parent, String text) {
        Label label = new Label(parent, SWT.NONE);
        label.setText(text);
        return label;
    }

    private Composite row(int columns) {
        Composite row = new Composite(this, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(columns).spacing(6, 0).applyTo(row);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(row);
        return row;
    }

    private static Button button(Composite parent, String label) {
        Button button = new Button(parent, SWT.PUSH);
        button.setText(label);
        return button;
    }

    private Text number(Composite parent, Label label) {
        Text field = new Text(parent, SWT.BORDER | SWT.RIGHT);
        AccessibleName.give(field, label::getText);
        field.addListener(SWT.DefaultSelection, e -> run());
        field.addListener(SWT.Modify, e -> refuse("")); //$NON-NLS-1$
        GC gc = new GC(field);
        int width = (int) Math.ceil(DIGITS * gc.getFontMetrics().getAverageCharacterWidth());
        gc.dispose();
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).hint(width, SWT.DEFAULT).applyTo(field);
        return field;
    }

    /** Runs what the fields say. */
    void run() {
        if (ready) {
            refuse(""); //$NON-NLS-1$
            wishes.run(new Wish(peers.getText(), length.getText(), seed.getText()));
        }
    }

    /** Says why what the fields say cannot be run; an empty reason takes that back. */
    void refuse(String reason) {
        boolean before = !refusal.isEmpty();
        refusal = reason;
        if (!reason.isEmpty()) {
            say(reason, true);
        } else if (before && shown != null) {
            show(shown);
        }
    }

    /** Says in the line under the fields what has come of something, until the run tells something new. */
    void tell(String sentence) {
        state.setText(sentence.replace("&", "&&")); //$NON-NLS-1$ //$NON-NLS-2$
    }

    void show(SimulationModel model) {
        shown = model;
        Choice choice = model.choice();
        if (choice.scenario() != null && choice.number() != filled) {
            filled = choice.number();
            fill(choice.scenario());
        }
        if (!choice.name().isEmpty() && !names.contains(choice.name())) {
            names.add(choice.name());
            scenario.add(SimulationText.name(choice.name()));
        }
        scenario.select(names.indexOf(choice.name()));
        boolean failed = model.state() instanceof SimulationRun.Failed;
        boolean unread = choice.scenario() == null && !choice.said().isEmpty();
        if (!refusal.isEmpty()) {
            say(refusal, true);
        } else if (unread) {
            say(choice.said(), true);
        } else if (choice.scenario() != null) { // else it is being read
            say(failed ? SimulationText.state(model.state()) : choice.said(), failed);
        }
        boolean running = model.state() instanceof SimulationRun.Running;
        ready = choice.scenario() != null && !running;
        run.setEnabled(ready);
        stop.setEnabled(model.state() instanceof SimulationRun.Running now && !now.stopping());
        progress.setSelection((int) Math.round(WHOLE * model.share()));
        String next = failed ? "" : SimulationText.state(model.state()); //$NON-NLS-1$
        if (!next.equals(line)) {
            line = next;
            tell(next);
        }
    }

    private void fill(Scenario of) {
        Wish wish = Wish.of(of);
        peers.setText(wish.peers());
        length.setText(wish.length());
        seed.setText(wish.seed());
        lengthLabel.setText(Wish.counts(of) ? Messages.Simulation_cycles : Messages.Simulation_secondsLabel);
    }

    private void say(String text, boolean wrong) {
        String label = text.replace("&", "&&"); //$NON-NLS-1$ //$NON-NLS-2$
        if (!label.equals(said.getText()) || icon.getImage() == null) {
            said.setText(label);
            icon.setImage(icons.get(wrong ? "error" : "simulation")); //$NON-NLS-1$ //$NON-NLS-2$
            said.setForeground(wrong ? Palette.of(this).bad() : Palette.of(this).muted());
            getParent().layout(true, true);
        }
    }

    /** What is said of the scenario, or of what is wrong. */
    String said() {
        return said.getText().replace("&&", "&"); //$NON-NLS-1$ //$NON-NLS-2$
    }

    /** How the run stands. */
    String state() {
        return state.getText().replace("&&", "&"); //$NON-NLS-1$ //$NON-NLS-2$
    }

    @Override
    public boolean setFocus() {
        return peers.setFocus();
    }
}
