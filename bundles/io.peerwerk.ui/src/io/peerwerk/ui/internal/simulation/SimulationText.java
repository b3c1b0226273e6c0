// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.eclipse.osgi.util.NLS;

import io.peerwerk.simulator.Observation;
import io.peerwerk.simulator.Quantity;
import io.peerwerk.simulator.Scenario;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Curve;
import io.peerwerk.ui.internal.model.Curve.Dot;
import io.peerwerk.ui.internal.model.Figures;

/** What is said of a simulation, in sentences, in tables and in curves. */
final class SimulationText {
    private static final double MILLIS = 1000;
    private static final int DOTS = 400;

    private SimulationText() {
    }

    /** How a run stands, in a line; nothing before the first. */
    static String state(SimulationRun.State state) {
        return switch (state) {
            case SimulationRun.Idle idle -> ""; //$NON-NLS-1$
            case SimulationRun.Failed failed -> failed.reason();
            case SimulationRun.Running(Scenario scenario, List<Observation> rows, long at, boolean stopping) -> {
                String length = time(scenario, scenario.length());
                String said = at < 0 ? said(Messages.Simulation_starting, scenario)
                        : said(Messages.Simulation_running, scenario, time(scenario, at), length);
                yield stopping ? said + " \u00b7 " + Messages.Simulation_stopping : said; //$NON-NLS-1$
            }
            case SimulationRun.Ended(Scenario scenario, var outcome) -> {
                String end = time(scenario, outcome.rows().getLast().at());
                yield outcome.complete() ? said(Messages.Simulation_ended, scenario, Figures.roundTrip(outcome.took()))
                        : said(Messages.Simulation_stopped, scenario, end, time(scenario, scenario.length()));
            }
        };
    }

    private static String said(String message, Scenario scenario, String... more) {
        List<String> parts = new ArrayList<>(List.of(Figures.plain(name(scenario.name())), Figures.count(scenario.peers()),
                Long.toString(scenario.seed())));
        parts.addAll(List.of(more));
        return NLS.bind(message, parts.toArray());
    }

    /** Of a file its last name. */
    static String name(String nameOrFile) {
        return nameOrFile.substring(Math.max(nameOrFile.lastIndexOf('/'), nameOrFile.lastIndexOf('\\')) + 1);
    }

    /** A time of the scenario: {@code cycle 12} or {@code 90 s}. */
    static String time(Scenario scenario, long at) {
        return Wish.counts(scenario) ? NLS.bind(Messages.Simulation_cycle, Figures.count(at))
                : NLS.bind(Messages.Simulation_seconds, Figures.brief(at / MILLIS));
    }

    /** A time as it stands in a column: the number alone. */
    static String moment(Scenario scenario, Observation row) {
        return Wish.counts(scenario) ? Figures.count(row.at()) : Figures.brief(row.at() / MILLIS);
    }

    static String heading(Quantity quantity) {
        return Figures.sentence(quantity.heading());
    }

    /** A dash where there is none. */
    static String figure(Observation row, Quantity quantity) {
        double figure = row.get(quantity);
        return Double.isNaN(figure) ? Messages.Figures_none : Figures.decimal(figure, quantity.decimals());
    }

    /** A curve for each quantity that had a value. */
    static List<Curve> curves(Scenario scenario, List<Observation> rows) {
        double unit = Wish.counts(scenario) ? 1 : MILLIS;
        DoubleFunction<String> seconds = x -> NLS.bind(Messages.Simulation_seconds, Figures.brief(x));
        DoubleFunction<String> times = Wish.counts(scenario) ? Figures::brief : seconds;
        List<Curve> curves = new ArrayList<>();
        for (Quantity quantity : Quantity.of(scenario)) {
            List<Observation> known = rows.stream().filter(row -> !Double.isNaN(row.get(quantity))).toList();
            if (!known.isEmpty()) {
                var heading = new Curve.Heading(heading(quantity), figure(known.getLast(), quantity), ""); //$NON-NLS-1$
                List<Dot> dots = thinned(known).map(row -> new Dot(row.at() / unit, row.get(quantity))).toList();
                curves.add(new Curve(heading, dots, 0, scenario.length() / unit, new Curve.Axes(times, Figures::brief)));
            }
        }
        return curves;
    }

    /** Of many rows as many as can be told apart, the last one among them. */
    private static Stream<Observation> thinned(List<Observation> rows) {
        int step = 1 + rows.size() / DOTS;
        return IntStream.range(0, rows.size()).filter(i -> (rows.size() - 1 - i) % step == 0).mapToObj(rows::get);
    }

    /** Lines of comma-separated values, with the names that the command line's JSON has. */
    static List<String> csv(Scenario scenario, List<Observation> rows) {
        List<Quantity> quantities = Quantity.of(scenario);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(Wish.counts(scenario) ? "cycle" : "second"); //$NON-NLS-1$ //$NON-NLS-2$
        quantities.forEach(quantity -> line.append(',').append(quantity.key()));
        lines.add(line.toString());
        for (Observation row : rows) {
            line.setLength(0);
            line.append(Wish.counts(scenario) ? Long.toString(row.at()) : Double.toString(row.at() / MILLIS));
            for (Quantity quantity : quantities) {
                double figure = row.get(quantity);
                line.append(',').append(Double.isNaN(figure) ? "" : Double.toString(figure)); //$NON-NLS-1$
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
