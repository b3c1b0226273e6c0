// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.churn;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.google.gson.JsonObject;
import io.peerwerk.node.internal.bench.churn.Leaks.Resource;
import io.peerwerk.node.internal.bench.churn.Leaks.Sample;
import io.peerwerk.node.internal.bench.churn.Leaks.Slope;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.TextTable;

/** Says what comes out, for people and for scripts. */
final class ChurnReport {

    private static final double MEBIBYTE = 1 << 20;
    private static final double KIBIBYTE = 1 << 10;

    private final ChurnPlan plan;
    private final Output output;
    private final long start = System.nanoTime();

    /**
     * What came out.
     *
     * @param before what is used before the first peer
     * @param after  what is used after the last one
     */
    record Outcome(Score.Figures score, int deaths, int abrupt, Leaks leaks, Usage before, Usage after) {

        /** Whether enough was found and nothing is left behind. */
        boolean holds() {
            return isFound() && Stream.of(Resource.values()).noneMatch(this::leaks);
        }

        boolean isFound() {
            return score.lookups() > 0 && score.share() >= ChurnPlan.WANTED;
        }

        boolean leaks(Resource resource) {
            // How many virtual threads there are while nodes run is how much they have to do.
            Slope slope = leaks.slope(resource);
            boolean grows = resource != Resource.VIRTUAL_THREADS && slope.isLeak(resource)
                    && resource.isMuch(slope.perDeath() * deaths);
            return grows || resource.isLeft(before, after, deaths);
        }
    }

    ChurnReport(ChurnPlan plan, Output output) {
        this.plan = plan;
        this.output = output;
    }

    void begin() {
        output.say(output.bold("Peerwerk bench churn") + "  " + plan.nodes() + " nodes at a time, each lives "
                + Figures.time(plan.life()) + " on average; " + Figures.time(plan.time()) + ", seed " + plan.seed());
        output.say("");
        output.json(JsonLine.event("plan").with("nodes", plan.nodes()).with("lifeSeconds", plan.life().toSeconds())
                .with("seconds", plan.time().toSeconds()).with("lookupsPerSecond", plan.rate())
                .with("seed", plan.seed()));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    void sample(Sample sample, int keys, Score.Figures figures) {
        Usage usage = sample.usage();
        output.transientLine(output.dim(Figures.time(elapsed()) + ": " + sample.deaths()
                + " deaths, " + keys + " keys, " + figures.succeeded() + " of " + figures.lookups() + " found, "
                + usage.heap() / (1 << 20) + " MiB, " + usage.threads() + " threads, " + usage.descriptors()
                + " descriptors"));
        output.json(used(JsonLine.event("sample").with("seconds", Figures.seconds(elapsed()))
                .with("deaths", sample.deaths()).with("keys", keys).with("lookups", figures.lookups())
                .with("succeeded", figures.succeeded()), usage));
    }

    private static JsonLine used(JsonLine line, Usage usage) {
        return line.with("heap", usage.heap()).with("threads", usage.threads()).with("virtualThreads", usage.virtual())
                .with("descriptors", usage.descriptors()).with("direct", usage.direct());
    }

    void end(Outcome outcome) {
        Score.Figures score = outcome.score();
        score.failures().forEach(failure -> {
            output.note(failure);
            output.json(JsonLine.event("failure").with("what", failure));
        });
        output.line("deaths", outcome.deaths() + ", " + outcome.abrupt() + " without a good-bye");
        output.line("announced", score.announced() + ", and " + score.notAnnounced() + " times in vain");
        output.line("lookups", score.lookups() + ", " + score.succeeded() + " found: "
                + verdict(outcome.isFound(), percent(score.share())) + " (and " + score.uncounted()
                + " whose asker or owner died meanwhile)");
        Score.Percentiles millis = score.millis();
        output.line("took", "half of them up to " + Figures.number(millis.p50()) + " ms, 95 % "
                + Figures.number(millis.p95()) + " ms, 99 % " + Figures.number(millis.p99()) + " ms, the longest "
                + Figures.number(millis.max()) + " ms");
        output.say("");
        output.say(table(outcome));
        output.json(json(outcome));
    }

    private TextTable table(Outcome outcome) {
        var table = new TextTable("used", ">before the first", ">at the start", ">at the end", ">after the last",
                ">each death leaves", "");
        List<Sample> samples = outcome.leaks().samples();
        for (Resource resource : Resource.values()) {
            Slope slope = outcome.leaks().slope(resource);
            table.row(resource.words(), amount(resource, resource.of(outcome.before())),
                    samples.isEmpty() ? "–" : amount(resource, resource.of(samples.getFirst().usage())),
                    samples.isEmpty() ? "–" : amount(resource, resource.of(samples.getLast().usage())),
                    amount(resource, resource.of(outcome.after())), slope(resource, slope),
                    outcome.leaks(resource) ? output.bad("leaks") : output.good("holds"));
        }
        return table;
    }

    private static String amount(Resource resource, double amount) {
        return resource.isBytes() ? String.format(Locale.ROOT, "%.1f MiB", amount / MEBIBYTE)
                : String.format(Locale.ROOT, "%.0f", amount);
    }

    private static String slope(Resource resource, Slope slope) {
        double unit = resource.isBytes() ? KIBIBYTE : 1;
        return String.format(Locale.ROOT, "%.2f ± %.2f%s", slope.perDeath() / unit, slope.error() / unit,
                resource.isBytes() ? " KiB" : "");
    }

    private String verdict(boolean good, String text) {
        return good ? output.good(text) : output.bad(text);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.3f %%", share * 100);
    }

    private JsonLine json(Outcome outcome) {
        Score.Figures score = outcome.score();
        Score.Percentiles millis = score.millis();
        JsonLine line = JsonLine.event("result").with("holds", outcome.holds()).with("deaths", outcome.deaths())
                .with("abrupt", outcome.abrupt()).with("announced", score.announced())
                .with("notAnnounced", score.notAnnounced()).with("lookups", score.lookups())
                .with("succeeded", score.succeeded()).with("uncounted", score.uncounted())
                .with("millis50", millis.p50()).with("millis95", millis.p95()).with("millis99", millis.p99())
                .with("millisMax", millis.max());
        for (Resource resource : Resource.values()) {
            Slope slope = outcome.leaks().slope(resource);
            var figures = new JsonObject();
            figures.addProperty("before", (long) resource.of(outcome.before()));
            figures.addProperty("after", (long) resource.of(outcome.after()));
            figures.addProperty("perDeath", Figures.rounded(slope.perDeath()));
            figures.addProperty("error", Figures.rounded(slope.error()));
            figures.addProperty("leaks", outcome.leaks(resource));
            line.with(resource.json(), figures);
        }
        return line;
    }
}
