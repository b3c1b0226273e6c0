// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.sim;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.google.gson.JsonPrimitive;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.TextTable;
import io.peerwerk.simulator.Distribution;
import io.peerwerk.simulator.GroupSimulation;
import io.peerwerk.simulator.RepairedGroups;
import io.peerwerk.storage.DurabilityModel;
import io.peerwerk.storage.DurabilityPlan;
import io.peerwerk.storage.DurabilityTarget;
import io.peerwerk.storage.NetworkConditions;
import io.peerwerk.storage.Promise;
import io.peerwerk.storage.PutOptions;

/** Tells how likely stored files are lost, by the model and, if asked to, by simulation beside it. */
public final class DurabilityProgram {

    private static final Duration YEAR = Duration.ofDays(365);
    private static final int DIGITS = 4;

    /** A code in a network. */
    private record Case(PutOptions shards, NetworkConditions network) {
        DurabilityModel model() {
            return new DurabilityModel(shards, network);
        }
    }

    private final Output output;

    public DurabilityProgram(Output output) {
        this.output = output;
    }

    /** Tells all that is wished. */
    public void run(DurabilityWish wish) {
        List<Case> cases = new ArrayList<>();
        List<Promise> promises = new ArrayList<>();
        for (NetworkConditions network : wish.networks()) {
            wish.codes().forEach(code -> cases.add(new Case(code, network)));
            wish.target().ifPresent(target -> {
                DurabilityPlan plan = DurabilityPlan.of(target, network, wish.bytes());
                cases.add(new Case(plan.shards(), network));
                promises.add(plan.promise());
                tellPlan(plan);
            });
        }
        begin(wish);
        tellModel(cases, wish);
        promises.forEach(this::tellPromise);
        if (wish.simulatedGroups() > 0) {
            tellSimulation(cases, wish);
        }
    }

    private void begin(DurabilityWish wish) {
        output.say(output.bold("Peerwerk sim") + "  durability: "
                + Figures.count(wish.networks().getFirst().peers(), "peer") + ", a file of "
                + ByteSize.format(wish.bytes()) + ", " + percent(wish.gone()) + " vanish at once");
        output.say("");
    }

    private void tellPlan(DurabilityPlan plan) {
        DurabilityTarget target = plan.promise().target();
        output.json(network(JsonLine.event("plan"), plan.promise().network())
                .with("target", target.toString()).with("shards", plan.shards().toString())
                .with("repairBelow", plan.shards().threshold())
                .with("lossIfHalfVanish", exact(plan.promise().lossIfHalfVanish()))
                .with("lossAYear", exact(plan.promise().lossAYear())).with("kept", plan.promise().kept())
                .with("warning", plan.promise().warning().orElse(null)));
    }

    private void tellPromise(Promise promise) {
        output.say("");
        output.line("target", promise.target().toString());
        output.line("promised", promise.words());
        promise.warning().ifPresent(words -> output.line("careful", words));
    }

    private void tellModel(List<Case> cases, DurabilityWish wish) {
        var table = new TextTable("shards", ">overhead", ">repair below", ">lifetime", ">repair time",
                ">loss, all shards", ">loss, any time", ">loss a year");
        for (Case one : cases) {
            DurabilityModel model = one.model();
            double whole = model.ofFile(model.lossIfVanish(wish.gone()), wish.bytes());
            double inLife = model.ofFile(model.lossInLifeIfVanish(wish.gone()), wish.bytes());
            double year = model.ofFile(model.lossAYear(), wish.bytes());
            double overhead = (double) one.shards().totalShards() / one.shards().dataShards();
            table.row(one.shards().toString(), Figures.number(overhead), String.valueOf(one.shards().threshold()),
                    Figures.time(one.network().lifetime()), Figures.time(one.network().repairTime()),
                    Promise.probability(whole), Promise.probability(inLife), Promise.probability(year));
            output.json(network(JsonLine.event("row").with("shards", one.shards().toString())
                    .with("overhead", overhead).with("repairBelow", one.shards().threshold()), one.network())
                    .with("gone", exact(wish.gone())).with("lossIfGone", exact(whole))
                    .with("lossInLifeIfGone", exact(inLife)).with("lossAYear", exact(year)));
        }
        output.say(table);
    }

    private void tellSimulation(List<Case> cases, DurabilityWish wish) {
        output.say("");
        output.say("A year of " + Figures.count(wish.simulatedGroups(), "group") + " of each, all whole at its begin, seed "
                + wish.seed());
        output.say("");
        var table = new TextTable("shards", ">lifetime", ">repair time", ">lost", ">simulated", ">standard error",
                ">model");
        for (Case one : cases) {
            GroupSimulation.Result seen = simulate(one, wish);
            double model = one.model().lossWithin(YEAR);
            table.row(one.shards().toString(), Figures.time(one.network().lifetime()),
                    Figures.time(one.network().repairTime()), String.valueOf(seen.lost()), rounded(seen.loss()),
                    rounded(seen.standardError()), rounded(model));
            output.json(network(JsonLine.event("simulated").with("shards", one.shards().toString()), one.network())
                    .with("seed", wish.seed()).with("groups", seen.groups()).with("lost", seen.lost())
                    .with("loss", exact(seen.loss())).with("standardError", exact(seen.standardError()))
                    .with("model", exact(model)).with("repairs", seen.repairs())
                    .with("departures", seen.departures()));
        }
        output.say(table);
    }

    private static GroupSimulation.Result simulate(Case one, DurabilityWish wish) {
        PutOptions shards = one.shards();
        int holders = Math.min(shards.totalShards(), one.network().peers());
        var lifetime = new Distribution.Exponential(Figures.seconds(one.network().lifetime()));
        var repair = new Distribution.Erlang(Figures.seconds(one.network().repairTime()), DurabilityModel.REPAIR_STAGES);
        var groups = new RepairedGroups(shards.dataShards(), shards.threshold(), shards.totalShards(), holders, lifetime,
                repair);
        return new GroupSimulation(groups, wish.simulatedGroups(), wish.seed())
                .run(Figures.seconds(YEAR), Thread.currentThread()::isInterrupted);
    }

    private static JsonLine network(JsonLine line, NetworkConditions network) {
        return line.with("peers", network.peers()).with("lifetimeSeconds", Figures.seconds(network.lifetime()))
                .with("repairSeconds", Figures.seconds(network.repairTime()));
    }

    /** Not rounded to thousandths, as other figures are. */
    private static JsonPrimitive exact(double value) {
        return new JsonPrimitive(value);
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%." + DIGITS + "g", value);
    }

    private static String percent(double part) {
        return BigDecimal.valueOf(part * 100).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString() + " %";
    }
}
