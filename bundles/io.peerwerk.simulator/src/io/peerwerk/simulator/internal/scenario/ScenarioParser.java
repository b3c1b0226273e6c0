// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.peerwerk.simulator.Conditions;
import io.peerwerk.simulator.Conditions.Failure;
import io.peerwerk.simulator.Conditions.Partition;
import io.peerwerk.simulator.Distribution;
import io.peerwerk.simulator.Scenario;
import io.peerwerk.simulator.Scenario.Mode;
import io.peerwerk.simulator.Scenario.Protocol;
import io.peerwerk.simulator.Scenario.Settings;
import io.peerwerk.simulator.Scenario.Start;
import io.peerwerk.simulator.ScenarioException;

/** Reads one scenario; the package description has the format. */
public final class ScenarioParser {

    /** The longest text that is read, in characters. */
    public static final int MAX_LENGTH = 64 * 1024;

    private static final int MAX_VIEW = 200;
    private static final long LONGEST_OBSERVED = 100_000;

    private static final Set<String> KEYS = Set.of("protocol", "mode", "peers", "cycles", "duration", "observe", "seed",
            "view", "watch", "period", "start", "latency", "jitter", "loss", "churn", "fail", "partition");
    private static final Set<String> REPEATED = Set.of("fail", "partition");
    private static final Set<String> EVENTS_ONLY = Set.of("duration", "period", "latency", "jitter");

    private final String file;
    private final Traces traces;
    private final Map<String, List<Words>> settings = new HashMap<>();
    private Mode mode = Mode.CYCLES;

    /** Opens the traces that a scenario names. */
    @FunctionalInterface
    public interface Traces {
        /** @throws IOException if there is no such file, or it is too long */
        String read(String name) throws IOException;
    }

    private ScenarioParser(String file, Traces traces) {
        this.file = file;
        this.traces = traces;
    }

    /**
     * @param file the text's name, for errors
     * @throws ScenarioException where it is not a scenario
     */
    public static Scenario parse(String file, String text, Traces traces) throws ScenarioException {
        if (text.length() > MAX_LENGTH) {
            throw new ScenarioException(file, 0, "longer than " + MAX_LENGTH + " characters");
        }
        var parser = new ScenarioParser(file, traces);
        parser.collect(text);
        return parser.scenario();
    }

    private void collect(String text) throws ScenarioException {
        int number = 0;
        for (String whole : text.lines().toList()) {
            number++;
            int comment = whole.indexOf('#');
            String line = (comment < 0 ? whole : whole.substring(0, comment)).strip();
            if (line.isEmpty()) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw new ScenarioException(file, number, "not of the form 'key = value'");
            }
            String key = line.substring(0, equals).strip();
            var words = new Words(file, number, line.substring(equals + 1));
            if (!KEYS.contains(key)) {
                throw words.wrong("unknown setting '" + key + "'");
            }
            List<Words> values = settings.computeIfAbsent(key, k -> new ArrayList<>());
            if (!values.isEmpty() && !REPEATED.contains(key)) {
                throw words.wrong("'" + key + "' is set twice");
            }
            values.add(words);
        }
    }

    private Scenario scenario() throws ScenarioException {
        mode = choice("mode", Mode.class, Mode.CYCLES);
        for (String key : settings.keySet()) {
            boolean wrong = mode == Mode.CYCLES ? EVENTS_ONLY.contains(key) : key.equals("cycles");
            if (wrong) {
                throw settings.get(key).getFirst().wrong("'" + key + "' does not go with mode = "
                        + mode.name().toLowerCase(Locale.ROOT));
            }
        }
        Words protocol = one("protocol");
        if (protocol == null) {
            throw new ScenarioException(file, 0, "'protocol' is not set");
        }
        try {
            return new Scenario(name(), choice(protocol, "protocol", Protocol.class), mode,
                    (int) whole("peers", 2, Scenario.MAX_PEERS, 1000), length(), observeEvery(),
                    whole("seed", 0, Long.MAX_VALUE, 1), protocolSettings(), conditions());
        } catch (IllegalArgumentException e) {
            throw protocol.wrong(String.valueOf(e.getMessage()));
        }
    }

    private String name() {
        String base = file.substring(file.lastIndexOf('/') + 1);
        return base.endsWith(".sim") ? base.substring(0, base.length() - 4) : base;
    }

    private long length() throws ScenarioException {
        Words words = one(mode == Mode.CYCLES ? "cycles" : "duration");
        if (words == null) {
            return mode == Mode.CYCLES ? 30 : 60_000;
        }
        long length = words.time("the length", mode);
        words.end();
        if (length < 1) {
            throw words.wrong("a simulation must last");
        }
        return length;
    }

    private long observeEvery() throws ScenarioException {
        Words words = one("observe");
        if (words == null) {
            return 0;
        }
        String value = words.word("the time between two rows");
        long every = 0;
        if (!value.equals("end")) {
            words.rewind();
            every = words.time("the time between two rows", mode);
            if (every < 1 || length() / every > LONGEST_OBSERVED) {
                throw words.wrong("there may be at most " + LONGEST_OBSERVED + " rows");
            }
        }
        words.end();
        return every;
    }

    private Settings protocolSettings() throws ScenarioException {
        Words period = one("period");
        long millis = 1000;
        if (period != null) {
            millis = period.time("the period", mode);
            period.end();
            if (millis < 10 || millis > 86_400_000) {
                throw period.wrong("a period is 10 ms to 1 d");
            }
        }
        return new Settings((int) whole("view", 2, MAX_VIEW, 20), millis, choice("start", Start.class, Start.RANDOM),
                (int) whole("watch", 4, MAX_VIEW, 0));
    }

    private Conditions conditions() throws ScenarioException {
        Distribution latency = distribution("latency");
        return new Conditions(latency == null ? new Distribution.LogNormal(40, 0.5) : latency, share("jitter"),
                share("loss"), distribution("churn"), failures(), partitions());
    }

    private List<Failure> failures() throws ScenarioException {
        List<Failure> failures = new ArrayList<>();
        for (Words words : all("fail")) {
            double share = words.share("who fails");
            words.expect("at");
            failures.add(new Failure(share, words.time("the time", mode)));
            words.end();
        }
        return failures;
    }

    private List<Partition> partitions() throws ScenarioException {
        List<Partition> partitions = new ArrayList<>();
        for (Words words : all("partition")) {
            double share = words.share("who is on one side");
            words.expect("from");
            long from = words.time("the beginning", mode);
            words.expect("to");
            long to = words.time("the end", mode);
            words.end();
            if (to <= from) {
                throw words.wrong("the partition is over before it begins");
            }
            partitions.add(new Partition(share, from, to));
        }
        return partitions;
    }

    private @Nullable Distribution distribution(String key) throws ScenarioException {
        Words words = one(key);
        if (words == null) {
            return null;
        }
        String kind = words.word("the kind of distribution");
        Distribution found = switch (kind) {
            case "constant" -> new Distribution.Constant(words.fineTime("the time", mode));
            case "uniform" -> uniform(words);
            case "exponential" -> new Distribution.Exponential(words.fineTime("the mean", mode));
            case "lognormal" -> new Distribution.LogNormal(words.fineTime("the median", mode), words.real("sigma", 0, 5));
            case "pareto" -> new Distribution.Pareto(words.fineTime("the least", mode), words.real("the shape", 1, 100));
            case "weibull" -> new Distribution.Weibull(words.fineTime("the scale", mode), words.real("the shape", 0.1, 100));
            case "trace" -> trace(words);
            default -> throw words.wrong("'" + kind + "' is no distribution: "
                    + "constant, uniform, exponential, lognormal, pareto, weibull, trace");
        };
        words.end();
        return found;
    }

    private Distribution uniform(Words words) throws ScenarioException {
        double least = words.fineTime("the least", mode);
        double most = words.fineTime("the most", mode);
        if (most < least) {
            throw words.wrong("the most is less than the least");
        }
        return new Distribution.Uniform(least, most);
    }

    private Distribution trace(Words words) throws ScenarioException {
        String name = words.word("the name of the trace");
        String text;
        try {
            text = traces.read(name);
        } catch (IOException e) {
            throw words.wrong("cannot read the trace " + name + ": " + e.getMessage());
        }
        List<Double> values = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.strip().startsWith("#")) {
                var value = new Words(name, number, line);
                values.add(value.fineTime("the time", mode));
                value.end();
            }
        }
        if (values.isEmpty()) {
            throw new ScenarioException(name, 0, "a trace without values");
        }
        return new Distribution.Trace(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    // ---- single settings

    private List<Words> all(String key) {
        return settings.getOrDefault(key, List.of());
    }

    private @Nullable Words one(String key) {
        List<Words> values = all(key);
        if (values.isEmpty()) {
            return null;
        }
        Words words = values.getFirst();
        words.rewind();
        return words;
    }

    private long whole(String key, long least, long most, long otherwise) throws ScenarioException {
        Words words = one(key);
        if (words == null) {
            return otherwise;
        }
        long value = words.whole(key, least, most);
        words.end();
        return value;
    }

    private double share(String key) throws ScenarioException {
        Words words = one(key);
        if (words == null) {
            return 0;
        }
        double value = words.share(key);
        words.end();
        return value;
    }

    private <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) throws ScenarioException {
        Words words = one(key);
        return words == null ? otherwise : choice(words, key, type);
    }

    private static <E extends Enum<E>> E choice(Words words, String key, Class<E> type) throws ScenarioException {
        String word = words.word(key);
        words.end();
        for (E value : type.getEnumConstants()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
                return value;
            }
        }
        List<String> all = List.of(type.getEnumConstants()).stream().map(v -> v.name().toLowerCase(Locale.ROOT)).toList();
        throw words.wrong("'" + word + "' is no " + key + ": " + String.join(", ", all));
    }
}
