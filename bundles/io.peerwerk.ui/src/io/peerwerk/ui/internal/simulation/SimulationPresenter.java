// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executor;

import org.eclipse.osgi.util.NLS;

import io.peerwerk.core.Registration;
import io.peerwerk.simulator.Plot;
import io.peerwerk.simulator.Scenario;
import io.peerwerk.simulator.Scenarios;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.model.Refresher;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.simulation.SimulationModel.Choice;

/** Reads scenarios, runs them and writes what came of them, all of it off the user interface's thread. */
public final class SimulationPresenter implements Registration {
    /** What the presenter needs of the view. Called on the user interface's thread. */
    public interface View {
        void show(SimulationModel model);

        /** What has come of something that the user wanted, in a sentence. */
        void say(String sentence);

        /** Something that the user wanted cannot be; the reason is a sentence. */
        void refuse(String reason);
    }

    private final View view;
    private final Executor background;
    private final UiThread ui;
    private final Refresher<SimulationModel> refresher;
    private final SimulationRun run;
    private volatile Choice choice = Choice.NONE;

    /** @param threads to simulate on */
    public SimulationPresenter(View view, int threads, Executor background, UiThread ui) {
        this.view = view;
        this.background = background;
        this.ui = ui;
        this.refresher = new Refresher<>(this::read, view::show, background, ui);
        this.run = new SimulationRun(threads, refresher::request);
    }

    private SimulationModel read() {
        return new SimulationModel(choice, run.state());
    }

    /** Takes a scenario that comes with the simulator, or else the file of this name, and runs it at once if wanted. */
    public void choose(String nameOrFile, boolean andRun) {
        int number = choice.number() + 1;
        choice = new Choice(nameOrFile, null, "", number); //$NON-NLS-1$
        refresher.request();
        background.execute(() -> {
            Choice read = read(nameOrFile, number);
            ui.execute(() -> {
                if (choice.number() == number) { // else the user has turned to another one
                    choice = read;
                    refresher.request();
                    if (andRun && read.scenario() != null) {
                        run(Wish.NONE);
                    }
                }
            });
        });
    }

    private static Choice read(String nameOrFile, int number) {
        try {
            Scenario scenario = Scenarios.load(nameOrFile);
            return new Choice(nameOrFile, scenario, Figures.plain(about(nameOrFile)), number);
        } catch (IOException | RuntimeException e) { // a path that is none is no IOException
            return new Choice(nameOrFile, null, Figures.plain(String.valueOf(e.getMessage())), number);
        }
    }

    /** Its first line, where that is a remark. */
    private static String about(String nameOrFile) throws IOException {
        String text = Scenarios.names().contains(nameOrFile) ? Scenarios.text(nameOrFile) : Files.readString(Path.of(nameOrFile));
        String first = text.lines().findFirst().orElse(""); //$NON-NLS-1$
        return first.startsWith("#") ? first.replaceFirst("^#+ *", "") : ""; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
    }

    /** Runs the scenario that is chosen, as wished, or says why not; nothing happens while one runs. */
    public void run(Wish wish) {
        Scenario chosen = choice.scenario();
        if (chosen == null) {
            return;
        }
        try {
            run.start(wish.of(chosen, Messages.Simulation_peers,
                    Wish.counts(chosen) ? Messages.Simulation_cycles : Messages.Simulation_secondsLabel, Messages.Simulation_seed));
        } catch (IOException | IllegalArgumentException e) {
            view.refuse(Figures.sentence(String.valueOf(e.getMessage())));
        }
    }

    /** Ends the run under way. */
    public void stop() {
        run.stop();
    }

    /** Writes what there is: a picture, a drawing or a table, by the ending of the name. Returns at once. */
    public void export(Path file) {
        SimulationModel now = read();
        background.execute(() -> {
            try {
                write(now, file);
                ui.execute(() -> view.say(NLS.bind(Messages.Simulation_exported, file)));
            } catch (IOException e) {
                ui.execute(() -> view.refuse(Figures.sentence(String.valueOf(e.getMessage()))));
            } catch (LinkageError e) { // the library that draws may be absent
                ui.execute(() -> view.refuse(NLS.bind(Messages.Simulation_exportLibrary, e.getMessage())));
            }
        });
    }

    private static void write(SimulationModel now, Path file) throws IOException {
        Scenario scenario = now.shown();
        if (scenario == null || now.rows().isEmpty()) {
            throw new IOException(Messages.Simulation_exportNothing);
        }
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) { //$NON-NLS-1$
            Files.write(file, SimulationText.csv(scenario, now.rows()));
        } else if (Plot.canWrite(file)) {
            new Plot(scenario, now.rows()).write(file);
        } else {
            throw new IOException(NLS.bind(Messages.Simulation_exportEnding, file.getFileName()));
        }
    }

    /** The name of the scenario that is chosen, or an empty one. */
    public String chosen() {
        return choice.name();
    }

    @Override
    public void close() {
        run.close();
        refresher.close();
    }
}
