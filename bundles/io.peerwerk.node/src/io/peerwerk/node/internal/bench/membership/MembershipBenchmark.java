// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.membership;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import io.peerwerk.node.internal.process.LocalCluster;
import io.peerwerk.node.internal.process.Program;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.TextTable;
import org.jspecify.annotations.Nullable;

/** Measures membership and prints the table. */
public final class MembershipBenchmark {

    private static final Duration MEET_LIMIT = Duration.ofSeconds(90);
    private static final Duration DEATH_LIMIT = Duration.ofSeconds(90);

    /** How long a process is paused, and how long its false deaths are waited for. */
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration AFTER_PAUSE = Duration.ofSeconds(3);

    /**
     * What is still being told when all know all has come to rest then; and so long for each member more, since a member
     * looks at one other a second, and connects with it the first time.
     */
    private static final Duration SETTLING = Duration.ofSeconds(4);
    private static final Duration SETTLING_EACH = Duration.ofSeconds(1);

    private static final int LOSS_PERCENT = 20;
    private static final String NO_FIGURE = "–";

    private final Program program;
    private final Output output;
    private final TextTable table = new TextTable("members", ">all know all s", ">idle B/s each", ">death: first s",
            ">all s", ">false, pause", ">false, 20 % loss");

    /**
     * What to measure.
     *
     * @param processes with a member each; 0 to leave that out
     * @param together members in one process; 0 to leave that out
     * @param listen what ours listen on, a row each
     * @param idle how long bytes are counted
     * @param loss how long packets are lost
     * @param ours whether to measure ours
     * @param foreign to compare with
     */
    public record Plan(int processes, int together, List<String> listen, Duration idle, Duration loss, boolean ours,
            Optional<ScaleCube> foreign) {
    }

    /** What came out; null is what could not be measured. */
    private record Result(double meet, @Nullable Double idle, @Nullable Long falsePaused, @Nullable Long falseLoss,
            double firstKnows, double allKnow) {
    }

    public MembershipBenchmark(Program program, Output output) {
        this.program = program;
        this.output = output;
    }

    /** Runs it and prints the table. A row takes a minute or more. */
    public void run(Plan plan) throws IOException, InterruptedException {
        output.say(output.bold("Peerwerk bench membership") + "  over loopback, "
                + Runtime.getRuntime().availableProcessors() + " processors");
        output.say("");
        if (plan.processes() > 0) {
            for (MemberProgram members : programs(plan, "64m")) {
                row(members, plan, plan.processes(), 1);
            }
        }
        if (plan.together() > 0) {
            for (MemberProgram members : programs(plan, "1g")) {
                row(members, plan, 1, plan.together());
            }
        }
        output.say(table);
    }

    private List<MemberProgram> programs(Plan plan, String heap) {
        var programs = new ArrayList<MemberProgram>();
        if (plan.ours()) {
            for (String listen : plan.listen()) {
                programs.add(new OwnMembers("Peerwerk, " + (listen.contains("quic") ? "QUIC" : "TCP"), program, listen,
                        heap));
            }
        }
        plan.foreign().ifPresent(foreign -> programs.add(foreign.withHeap(heap)));
        return programs;
    }

    private void row(MemberProgram members, Plan plan, int processes, int each)
            throws IOException, InterruptedException {
        String what = members.name() + ", " + (each == 1 ? processes + " processes" : each + " in one process");
        Result result;
        try (Stage stage = Stage.open().orElse(null)) {
            if (stage == null) {
                output.note("no network namespace here: no bytes counted, no packets lost");
            }
            step(what, "starting");
            try (Group group = Group.start(members, processes, each, stage)) {
                result = measure(what, group, stage, plan, processes > 1);
            }
        }
        table.row(what, Figures.number(result.meet()), figure(result.idle()), Figures.number(result.firstKnows()),
                Figures.number(result.allKnow()), figure(result.falsePaused()), figure(result.falseLoss()));
        output.json(JsonLine.event("row").with("what", what).with("allKnowAllSeconds", result.meet())
                .with("idleBytesPerSecondEach", result.idle()).with("falseDeathsPaused", result.falsePaused())
                .with("falseDeathsLoss", result.falseLoss()).with("deathFirstSeconds", result.firstKnows())
                .with("deathAllSeconds", result.allKnow()));
    }

    private Result measure(String what, Group group, @Nullable Stage stage, Plan plan, boolean separate)
            throws IOException, InterruptedException {
        step(what, "meeting");
        double meet = Math.max(0, awaitAll(group) - group.lastReadyAt()) / 1e3;
        Double idle = stage == null ? null : idle(what, group, stage, plan.idle());
        step(what, "a death");
        long began = System.currentTimeMillis();
        String victim = separate ? group.kill() : group.drop();
        LocalCluster.await(DEATH_LIMIT, "not all know of a death",
                () -> group.learnedOfTheDeathOf(victim).size() == group.countLeft());
        List<Long> times = group.learnedOfTheDeathOf(victim);
        // These two last: who is taken for dead there may stay away.
        Long paused = separate ? Long.valueOf(pause(what, group)) : null;
        Long lossy = stage == null || plan.loss().isZero() ? null : lose(what, group, stage, plan.loss());
        return new Result(meet, idle, paused, lossy, (Collections.min(times) - began) / 1e3,
                (Collections.max(times) - began) / 1e3);
    }

    private static long awaitAll(Group group) throws IOException, InterruptedException {
        LocalCluster.await(MEET_LIMIT, "not all know all", () -> group.allKnowAll().isPresent());
        return group.allKnowAll().orElseThrow();
    }

    private double idle(String what, Group group, Stage stage, Duration time) throws IOException, InterruptedException {
        step(what, "settling");
        Thread.sleep(SETTLING.plus(SETTLING_EACH.multipliedBy(group.size())));
        step(what, "idle");
        long bytes = stage.bytes();
        long start = System.nanoTime();
        Thread.sleep(time);
        return (stage.bytes() - bytes) / ((System.nanoTime() - start) / 1e9) / group.size();
    }

    private long pause(String what, Group group) throws IOException, InterruptedException {
        step(what, "a pause");
        long before = group.falselyGone();
        group.signal(1, "STOP");
        Thread.sleep(PAUSE);
        group.signal(1, "CONT");
        Thread.sleep(AFTER_PAUSE);
        return group.falselyGone() - before;
    }

    private @Nullable Long lose(String what, Group group, Stage stage, Duration time)
            throws IOException, InterruptedException {
        step(what, "loss");
        long before = group.falselyGone();
        try {
            stage.lose(LOSS_PERCENT);
        } catch (IOException e) {
            output.note("no packets lost: " + e.getMessage());
            return null;
        }
        Thread.sleep(time);
        stage.lose(0);
        return group.falselyGone() - before;
    }

    private void step(String what, String now) {
        output.transientLine(output.dim("measuring " + what + ": " + now + " …"));
    }

    private static String figure(@Nullable Number value) {
        return value == null ? NO_FIGURE : value instanceof Long count ? count.toString()
                : Figures.number(value.doubleValue());
    }
}
