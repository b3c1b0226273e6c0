// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.sim;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.simulator.Observation;
import io.peerwerk.simulator.Outcome;
import io.peerwerk.simulator.Quantity;
import io.peerwerk.simulator.Scenario;
import io.peerwerk.simulator.SimulationListener;

/** Tells of a simulation: a line for each row while it runs, and what it came to. */
final class SimulationReport implements SimulationListener {

    private static final int NARROWEST = 6;

    private final Scenario scenario;
    private final Output output;
    private List<Quantity> columns = List.of();

    SimulationReport(Scenario scenario, Output output) {
        this.scenario = scenario;
        this.output = output;
    }

    void begin(int threads) {
        output.say(output.bold("Peerwerk sim") + "  " + scenario.name() + ": " + lower(scenario.protocol()) + ", "
                + Figures.count(scenario.peers(), "peer") + ", " + time(scenario.length()) + ", seed " + scenario.seed()
                + ", " + Figures.count(isOnOneThread() ? 1 : threads, "thread") + pace());
        output.json(JsonLine.event("begin").with("scenario", scenario.name()).with("protocol", lower(scenario.protocol()))
                .with("mode", lower(scenario.mode())).with("peers", scenario.peers()).with("length", scenario.length())
                .with("seed", scenario.seed()));
    }

    private boolean isOnOneThread() {
        return scenario.mode() == Scenario.Mode.EVENTS && scenario.protocol() != Scenario.Protocol.SWIM;
    }

    /** What figures of time depend on. */
    private String pace() {
        if (scenario.mode() == Scenario.Mode.CYCLES) {
            return "";
        }
        int watched = scenario.settings().watched();
        return ", a round every " + Figures.time(Duration.ofMillis(scenario.settings().periodMillis()))
                + (watched == 0 ? "" : ", each watches " + watched);
    }

    @Override
    public void progress(long at) {
        output.transientLine(output.dim(time(at) + " of " + time(scenario.length()) + " …"));
    }

    @Override
    public void observed(Observation row) {
        if (columns.isEmpty()) {
            columns = Quantity.of(scenario);
            output.say("");
            output.say(output.dim(heading()));
        }
        var line = new StringBuilder(String.format("%10s", moment(row.at())));
        for (Quantity quantity : columns) {
            line.append("  ").append(String.format("%" + width(quantity) + "s", value(row, quantity)));
        }
        output.say(line.toString());
        output.json(json("row", row));
    }

    private String heading() {
        var line = new StringBuilder(String.format("%10s", scenario.mode() == Scenario.Mode.CYCLES ? "cycle" : "time"));
        columns.forEach(q -> line.append("  ").append(String.format("%" + width(q) + "s", q.heading())));
        return line.toString();
    }

    private static int width(Quantity quantity) {
        return Math.max(NARROWEST, quantity.heading().length());
    }

    void end(Outcome outcome) {
        output.say("");
        if (!outcome.complete()) {
            output.say("stopped at " + time(outcome.rows().getLast().at()) + " of " + time(scenario.length()));
        }
        String rate = String.format(Locale.ROOT, "%.2f million", outcome.millionsPerSecond());
        if (scenario.mode() == Scenario.Mode.CYCLES) {
            output.line("rate", rate + " peer-cycles a second (" + outcome.turns() + " in " + Figures.time(outcome.took()) + ")");
        } else {
            double faster = outcome.rows().getLast().at() / 1e3 / Math.max(1e-9, Figures.seconds(outcome.took()));
            output.line("rate", rate + " events a second (" + outcome.turns() + " in " + Figures.time(outcome.took()) + "), "
                    + Figures.number(faster) + " times as fast as the clock");
        }
        if (outcome.bytesPerPeer() > 0) {
            output.line("memory", Figures.number(outcome.bytesPerPeer()) + " live bytes a peer ("
                    + ByteSize.format(Math.round(outcome.bytesPerPeer() * outcome.rows().getLast().get(Quantity.UP)))
                    + " in all)");
        }
        output.json(json("end", outcome.rows().getLast()).with("complete", outcome.complete())
                .with("turns", outcome.turns()).with("seconds", Figures.seconds(outcome.took()))
                .with("millionTurnsPerSecond", outcome.millionsPerSecond()).with("bytesPerPeer", outcome.bytesPerPeer()));
    }

    private JsonLine json(String event, Observation row) {
        JsonLine line = JsonLine.event(event);
        if (scenario.mode() == Scenario.Mode.CYCLES) {
            line.with("cycle", row.at());
        } else {
            line.with("second", row.at() / 1e3);
        }
        row.figures().forEach((quantity, value) -> line.with(quantity.key(), value));
        return line;
    }

    private static String value(Observation row, Quantity quantity) {
        double value = row.get(quantity);
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%." + quantity.decimals() + "f", value);
    }

    private String moment(long at) {
        return scenario.mode() == Scenario.Mode.CYCLES ? Long.toString(at) : Figures.time(Duration.ofMillis(at));
    }

    private String time(long at) {
        return scenario.mode() == Scenario.Mode.CYCLES ? Figures.count(at, "cycle") : Figures.time(Duration.ofMillis(at));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
