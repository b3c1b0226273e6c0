// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.simulation;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.IMemento;
import org.jspecify.annotations.Nullable;

import io.peerwerk.simulator.Observation;
import io.peerwerk.simulator.Quantity;
import io.peerwerk.simulator.Scenario;
import io.peerwerk.simulator.Scenarios;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.node.Notice;
import io.peerwerk.ui.internal.widgets.CurveGrid;
import io.peerwerk.ui.internal.widgets.NoticePane;
import io.peerwerk.ui.internal.widgets.SortableTable;

/** The content of the Simulation view, where the simulator is there: what to run, curves of what comes of it, a table. */
public final class SimulationPane extends Composite implements SimulationPresenter.View {
    private static final Notice WELCOME = new Notice(Messages.Simulation_emptyTitle, Messages.Simulation_emptyText, List.of());
    private static final String CHOSEN = "scenario"; //$NON-NLS-1$
    private static final String CURVE_SHARE = "curves"; //$NON-NLS-1$
    private static final int WHOLE = 1000;
    private static final int CURVES = 640;
    /** So many rows the table has, the last ones; a file has all. */
    private static final int LAST_ROWS = 500;
    private static final int LEAST_COLUMN = 60;
    private static final int COLUMN_PAD = 24;

    private final SimulationPresenter presenter;
    private final ScenarioBar bar;
    private final Composite stack;
    private final NoticePane welcome;
    private final SashForm sash;
    private final CurveGrid curves;
    private final Composite tableParent;
    private SortableTable<Observation> table;
    private List<Quantity> columns = List.of();
    /** The scenario whose rows the table has. */
    private @Nullable Scenario tabled;
    private String outcome = ""; //$NON-NLS-1$
    private SimulationModel shown = new SimulationModel(SimulationModel.Choice.NONE, new SimulationRun.Idle());

    SimulationPane(Composite parent, @Nullable IMemento memento, UiThread ui) {
        super(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(8, 8).spacing(0, 8).applyTo(this);
        bar = new ScenarioBar(this, new Wishing());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
        stack = new Composite(this, SWT.NONE);
        stack.setLayout(new StackLayout());
        GridDataFactory.fillDefaults().grab(true, true).applyTo(stack);
        welcome = new NoticePane(stack, remedy -> { });
        welcome.show(WELCOME, SimulationView.ICON);
        sash = new SashForm(stack, SWT.VERTICAL | SWT.SMOOTH);
        curves = new CurveGrid(sash);
        tableParent = new Composite(sash, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(tableParent);
        table = createTable();
        Integer part = memento == null ? null : memento.getInteger(CURVE_SHARE);
        int share = part == null ? CURVES : Math.clamp(part, 50, WHOLE - 50);
        sash.setWeights(share, WHOLE - share);
        // One processor is left to the user interface; the figures do not depend on the number.
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        presenter = new SimulationPresenter(this, threads,
                task -> Thread.ofVirtual().name("simulation").start(task), ui); //$NON-NLS-1$
        String chosen = memento == null ? null : memento.getString(CHOSEN);
        presenter.choose(chosen == null || chosen.isEmpty() ? Scenarios.names().getFirst() : chosen, false);
        addListener(SWT.Dispose, e -> presenter.close());
    }

    private final class Wishing implements ScenarioBar.Wishes {
        @Override
        public void choose(String nameOrFile) {
            presenter.choose(nameOrFile, false);
        }

        @Override
        public void browse() {
            SimulationPane.this.browse();
        }

        @Override
        public void run(Wish wish) {
            presenter.run(wish);
        }

        @Override
        public void stop() {
            presenter.stop();
        }
    }

    private void browse() {
        FileDialog dialog = new FileDialog(getShell(), SWT.OPEN);
        dialog.setText(Messages.Simulation_chooseScenario);
        dialog.setFilterExtensions(new String[] {"*.sim", "*"}); //$NON-NLS-1$ //$NON-NLS-2$
        dialog.setFilterNames(new String[] {Messages.Simulation_filterSim, Messages.Simulation_filterAll});
        String chosen = dialog.open();
        if (chosen != null) {
            presenter.choose(chosen, false);
        }
    }

    /** Takes this scenario. */
    void choose(String nameOrFile, boolean andRun) {
        presenter.choose(nameOrFile, andRun);
    }

    void run() {
        bar.run();
    }

    void stop() {
        presenter.stop();
    }

    /** Writes what there is to a file, which the user chooses. */
    void export() {
        FileDialog dialog = new FileDialog(getShell(), SWT.SAVE);
        dialog.setText(Messages.Simulation_exportTitle);
        dialog.setFilterExtensions(new String[] {"*.png", "*.svg", "*.csv"}); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
        dialog.setFilterNames(new String[] {Messages.Simulation_filterPng, Messages.Simulation_filterSvg,
            Messages.Simulation_filterCsv});
        String name = SimulationText.name(presenter.chosen()).replaceFirst("\\.sim$", ""); //$NON-NLS-1$ //$NON-NLS-2$
        dialog.setFileName(name + ".png"); //$NON-NLS-1$
        dialog.setOverwrite(true);
        String chosen = dialog.open();
        if (chosen != null) {
            presenter.export(Path.of(chosen));
        }
    }

    void export(Path file) {
        presenter.export(file);
    }

    @Override
    public void show(SimulationModel model) {
        if (isDisposed()) {
            return;
        }
        shown = model;
        bar.show(model);
        Scenario scenario = model.shown();
        if (scenario != null) {
            curves.show(SimulationText.curves(scenario, model.rows()));
            showRows(scenario, model.rows());
        }
        StackLayout layout = (StackLayout) stack.getLayout();
        var top = model.rows().isEmpty() ? welcome : sash;
        if (layout.topControl != top) {
            layout.topControl = top;
            stack.layout();
        }
    }

    private void showRows(Scenario scenario, List<Observation> rows) {
        if (tabled == null || !columns.equals(Quantity.of(scenario)) || Wish.counts(tabled) != Wish.counts(scenario)) {
            columns = Quantity.of(scenario);
            tabled = scenario;
            table.viewer().getTable().dispose();
            table = createTable();
            tableParent.layout();
        }
        table.show(rows.subList(Math.max(0, rows.size() - LAST_ROWS), rows.size()));
    }

    private SortableTable<Observation> createTable() {
        Scenario of = tabled;
        SortableTable<Observation> created =
                new SortableTable<>(tableParent, SWT.SINGLE | SWT.BORDER, Observation.class, Observation::at);
        if (of != null) {
            String time = Wish.counts(of) ? Messages.Column_cycle : Messages.Column_seconds;
            created.column(time, width(time), row -> SimulationText.moment(of, row), row -> null,
                    row -> SimulationText.time(of, row.at()), Comparator.comparingLong(Observation::at));
            for (Quantity quantity : columns) {
                String heading = SimulationText.heading(quantity);
                created.column(heading, width(heading), row -> SimulationText.figure(row, quantity), row -> null,
                        row -> SimulationText.time(of, row.at()), Comparator.comparingDouble(row -> row.get(quantity)));
            }
            created.sort(0, true);
        }
        GridDataFactory.fillDefaults().grab(true, true).applyTo(created.viewer().getControl());
        return created;
    }

    private int width(String heading) {
        var gc = new GC(this);
        try {
            return Math.max(LEAST_COLUMN, gc.textExtent(heading).x + COLUMN_PAD);
        } finally {
            gc.dispose();
        }
    }

    @Override
    public void say(String sentence) {
        if (!isDisposed()) {
            outcome = sentence;
            bar.refuse(""); //$NON-NLS-1$
            bar.tell(sentence);
        }
    }

    @Override
    public void refuse(String reason) {
        if (!isDisposed()) {
            outcome = reason;
            bar.refuse(reason);
        }
    }

    void save(IMemento memento) {
        memento.putString(CHOSEN, presenter.chosen());
        memento.putInteger(CURVE_SHARE, sash.getWeights()[0]);
    }

    @Override
    public boolean setFocus() {
        return bar.setFocus();
    }

    /** What is shown. */
    public SimulationModel shown() {
        return shown;
    }

    /** What is said of the scenario, or of what is wrong with it. */
    public String said() {
        return bar.said();
    }

    /** How the run stands, in a line. */
    public String state() {
        return bar.state();
    }

    /** What came of the last export or run that was asked for and refused. */
    public String outcome() {
        return outcome;
    }
}
