// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.aggregation;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.Convergence;
import io.peerwerk.gossip.Quantity;
import io.peerwerk.gossip.internal.aggregation.AggregationMessage.Share;
import io.peerwerk.gossip.internal.cycle.Callers;
import io.peerwerk.gossip.internal.cycle.CycleAction;
import io.peerwerk.gossip.internal.cycle.CycleInput;
import io.peerwerk.gossip.internal.cycle.CycleProtocol;
import io.peerwerk.gossip.internal.cycle.Jitter;
import io.peerwerk.gossip.internal.wire.Contact;

/** One peer's part of the aggregation, see the package description. A pure state machine. Not thread-safe. */
public final class Aggregation implements CycleProtocol<AggregationMessage> {

    private static final long NONE = -1;

    /** Exchanges of others that a peer takes part in within a cycle; of honest peers more come in one of a million. */
    private static final int EXCHANGES_TAKEN = 9;

    /** Partners whose last estimates tell the spread. */
    private static final int RECENT = 8;

    private final PeerId self;
    private final AggregationOptions options;
    private final RandomGenerator random;
    private final Epochs epochs;
    private final Survey survey = new Survey();
    private final Callers callers = new Callers(EXCHANGES_TAKEN);

    private Values own;
    private Values means;
    private Counts counts = Counts.NONE;
    private final Values[] recent = new Values[RECENT];
    private int recentCount;
    private @Nullable Aggregate latest;
    /** Whether the last epoch had an instance that counted the peers. */
    private boolean counted;

    /** The exchange under way, if any: its ticket and partner. Tickets count up. */
    private long ticket = NONE;
    private long lastTicket;
    private @Nullable Contact partner;

    public Aggregation(PeerId self, Values own, AggregationOptions options, RandomGenerator random) {
        this.self = self;
        this.own = own;
        this.means = own;
        this.options = options;
        this.random = random;
        this.epochs = new Epochs(options);
    }

    /** Takes part in the epoch at once: for peers that are made to start together, as those of a simulation. */
    public void begin(long epoch) {
        epochs.begin(epoch);
        startEpoch(false, 0);
    }

    /** This peer's own values, from the next epoch on. */
    public void report(Values values) {
        own = values;
    }

    public Values own() {
        return own;
    }

    /** The result of the last epoch that this peer took part in from its beginning. */
    public Optional<Aggregate> latest() {
        return Optional.ofNullable(latest);
    }

    /** What this peer believes at this moment; the estimates of a running epoch are not yet good for much. */
    public Values means() {
        return means;
    }

    /** How far the present epoch is; nothing while this peer does not take part. */
    public Optional<Convergence> running() {
        if (!epochs.takesPart()) {
            return Optional.empty();
        }
        Map<Quantity, Double> now = new EnumMap<>(Quantity.class);
        for (Quantity quantity : Quantity.values()) {
            now.put(quantity, means.get(quantity));
        }
        double[] sizes = counts.sizes();
        OptionalDouble median = sizes.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sizes[sizes.length / 2]);
        return Optional.of(new Convergence(epochs.epoch(), epochs.cycle(), options.cycles(), median, now));
    }

    public long epoch() {
        return epochs.epoch();
    }

    public boolean takesPart() {
        return epochs.takesPart();
    }

    Counts counts() {
        return counts;
    }

    @Override
    public List<CycleAction<AggregationMessage>> handle(CycleInput<AggregationMessage> input) {
        return switch (input) {
            case CycleInput.Tick<AggregationMessage>(List<Contact> sample) -> startCycle(sample);
            case CycleInput.Received<AggregationMessage>(PeerId from, AggregationMessage message, long asked) ->
                    List.of(answer(from, message, asked));
            case CycleInput.Answered<AggregationMessage>(long answered, AggregationMessage message, long nanos) -> {
                if (answered == ticket) {
                    finish(message);
                }
                yield List.of();
            }
            case CycleInput.Failed<AggregationMessage>(long failed) -> {
                if (failed == ticket) {
                    ticket = NONE;
                }
                yield List.of();
            }
        };
    }

    private List<CycleAction<AggregationMessage>> startCycle(List<Contact> sample) {
        ticket = NONE; // an exchange still under way has taken a whole cycle: too long
        callers.clear();
        boolean tookPart = epochs.takesPart();
        long before = epochs.epoch();
        if (epochs.tick()) {
            startEpoch(tookPart, before);
        }
        var wake = new CycleAction.Wake<AggregationMessage>(Jitter.around(options.periodMillis(), random));
        if (sample.isEmpty()) {
            return List.of(wake);
        }
        Contact chosen = sample.get(sample.size() == 1 ? 0 : random.nextInt(sample.size()));
        partner = chosen;
        ticket = ++lastTicket;
        return List.of(new CycleAction.Ask<>(chosen, message(true), ticket), wake);
    }

    private AggregationMessage message(boolean shares) {
        Share share = shares && epochs.takesPart() ? new Share(means, own, counts) : null;
        return new AggregationMessage(epochs.epoch(), epochs.leftMillis(), share);
    }

    private CycleAction<AggregationMessage> answer(PeerId from, AggregationMessage message, long asked) {
        if (ticket != NONE) {
            return new CycleAction.Refuse<>(asked, "an exchange is under way");
        }
        if (callers.contains(from) || !callers.add(from)) {
            return new CycleAction.Refuse<>(asked, "too many exchanges within one cycle");
        }
        hear(message, false);
        Share share = message.share();
        boolean exchanges = share != null && epochs.takesPart() && message.epoch() == epochs.epoch();
        AggregationMessage answer = message(exchanges);
        if (exchanges) {
            exchange(share);
        }
        return new CycleAction.Answer<>(asked, answer);
    }

    private void finish(AggregationMessage message) {
        ticket = NONE;
        Share share = message.share();
        boolean same = epochs.takesPart() && message.epoch() == epochs.epoch();
        hear(message, true);
        if (share != null && partner != null) {
            survey.add(partner.id(), share.own());
            if (same) {
                exchange(share);
            }
        }
    }

    /** Before an exchange: it may be that another epoch has begun. */
    private void hear(AggregationMessage message, boolean chosen) {
        boolean tookPart = epochs.takesPart();
        long before = epochs.epoch();
        if (epochs.hear(message, chosen)) {
            startEpoch(tookPart, before);
        }
    }

    private void exchange(Share share) {
        means = means.mean(share.means());
        counts = counts.mean(share.counts(), options.maxInstances(), epochs.cycle() <= options.cycles() / 2);
        recent[recentCount++ % RECENT] = share.means();
    }

    private void startEpoch(boolean tookPart, long before) {
        if (tookPart) {
            latest = result(before);
        }
        means = own;
        recentCount = 0;
        // With nothing counted, all lead: where the size was taken for too large, nobody else might for ever.
        double size = latest == null || !counted ? 1 : latest.size();
        boolean leads = random.nextDouble() < options.instances() / size;
        counts = leads ? Counts.led(rank(epochs.epoch())) : Counts.NONE;
    }

    private Aggregate result(long epoch) {
        double[] sizes = believable(counts.sizes());
        counted = sizes.length > 0;
        double size = Arrays.stream(sizes).average().orElse(latest == null ? 0 : latest.size());
        double sizeSpread = Math.sqrt(Arrays.stream(sizes).map(s -> (s - size) * (s - size)).average().orElse(0));
        Values plausible = means;
        Values spreads = Values.ZERO;
        for (Quantity quantity : Quantity.values()) {
            Survey.Bounds bounds = survey.mean(quantity, own.get(quantity), size);
            plausible = plausible.with(quantity, bounds.nearest(means.get(quantity)));
            spreads = spreads.with(quantity, Math.min(quantity.max(), spread(quantity)));
        }
        return new Aggregate(epoch, size, sizeSpread, plausible, spreads);
    }

    /** Of the instances' sizes those that can be, without the lowest and the highest third; else the nearest to one. */
    private double[] believable(double[] sizes) {
        Survey.Bounds bounds = survey.size();
        double[] possible = Arrays.stream(sizes).filter(bounds::admits).toArray();
        if (possible.length == 0 && sizes.length > 0) {
            possible = new double[] {bounds.nearest(sizes[sizes.length / 2])};
        }
        int third = possible.length / 3;
        return Arrays.copyOfRange(possible, third, possible.length - third);
    }

    private double spread(Quantity quantity) {
        int count = Math.min(recentCount, RECENT);
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double difference = recent[i].get(quantity) - means.get(quantity);
            squares += difference * difference;
        }
        return count == 0 ? 0 : Math.sqrt(squares / count);
    }

    /** The number that stands for this peer as a leader: another one in each epoch. */
    private long rank(long epoch) {
        long z = epoch * 0x9E3779B97F4A7C15L;
        for (byte b : self.toBytes()) {
            z = (z ^ b) * 0xBF58476D1CE4E5B9L;
            z ^= z >>> 29;
        }
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
