// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.gossip;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;

import org.eclipse.osgi.util.NLS;
import org.jspecify.annotations.Nullable;

import io.peerwerk.gossip.Aggregates;
import io.peerwerk.gossip.Convergence;
import io.peerwerk.gossip.Estimate;
import io.peerwerk.gossip.Membership;
import io.peerwerk.gossip.Quantity;
import io.peerwerk.gossip.Slices;
import io.peerwerk.gossip.Standing;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.gossip.Beliefs.Subject;
import io.peerwerk.ui.internal.model.Curve;
import io.peerwerk.ui.internal.model.Figures;

/**
 * What is believed of the whole network at one moment. Of an epoch under way the beliefs are shown as they converge; the
 * figure above the curve is the result of the last one that is over, or has a sign of doubt before it.
 *
 * @param running the epoch under way, null while this peer waits for one
 * @param results of the last epoch that is over, by what they are about
 * @param standing of this peer, null while it is not known
 * @param health of this peer
 */
record NetworkFigures(@Nullable Convergence running, Map<Subject, Estimate> results, @Nullable Standing standing, int health) {
    static NetworkFigures of(Optional<Aggregates> aggregates, Optional<Slices> slices, int health) {
        Map<Subject, Estimate> results = new EnumMap<>(Subject.class);
        aggregates.ifPresent(known -> {
            known.size().ifPresent(size -> results.put(Subject.SIZE, size));
            known.total(Quantity.OFFER).ifPresent(offer -> results.put(Subject.OFFER, offer));
            known.total(Quantity.FREE).ifPresent(free -> results.put(Subject.FREE, free));
            known.mean(Quantity.LOAD).ifPresent(load -> results.put(Subject.LOAD, load));
        });
        return new NetworkFigures(aggregates.flatMap(Aggregates::running).orElse(null), results,
                slices.flatMap(Slices::standing).orElse(null), health);
    }

    /** What is believed right now: of the epoch under way, else of the last one. */
    Map<Subject, Double> now() {
        Map<Subject, Double> now = new EnumMap<>(Subject.class);
        for (Subject subject : Subject.values()) {
            believed(subject).ifPresent(figure -> now.put(subject, figure));
        }
        return now;
    }

    private Optional<Double> believed(Subject subject) {
        return switch (subject) {
            case RANK -> Optional.ofNullable(standing).map(Standing::position);
            case HEALTH -> Optional.of((double) health);
            default -> converging(subject).or(() -> Optional.ofNullable(results.get(subject)).map(Estimate::value));
        };
    }

    private Optional<Double> converging(Subject subject) {
        if (running == null) {
            return Optional.empty();
        }
        Optional<Double> size = running.size().stream().boxed().findFirst();
        return switch (subject) {
            case SIZE -> size;
            case OFFER -> size.map(peers -> peers * running.means().getOrDefault(Quantity.OFFER, 0.0));
            case FREE -> size.map(peers -> peers * running.means().getOrDefault(Quantity.FREE, 0.0));
            case LOAD -> Optional.ofNullable(running.means().get(Quantity.LOAD));
            case RANK, HEALTH -> Optional.empty(); // no matter of epochs
        };
    }

    /** The curves of these figures and of those of the last minutes. */
    List<Curve> curves(Beliefs beliefs, Instant now) {
        List<Curve> curves = new ArrayList<>();
        for (Subject subject : Subject.values()) {
            curves.add(new Curve(new Curve.Heading(title(subject), value(subject), detail(subject)), beliefs.about(subject, now),
                    -Beliefs.REACH.toMinutes(), 0, new Curve.Axes(NetworkFigures::time, writing(subject))));
        }
        return curves;
    }

    private static String time(double minutes) {
        String back = Figures.brief(Math.rint(-minutes * 10) / 10 + 0.0); // no minus before a zero
        return back.equals("0") ? Messages.Gossip_now : NLS.bind(Messages.Gossip_minutesBack, back); //$NON-NLS-1$
    }

    private static String title(Subject subject) {
        return switch (subject) {
            case SIZE -> Messages.Gossip_size;
            case OFFER -> Messages.Gossip_offer;
            case FREE -> Messages.Gossip_free;
            case LOAD -> Messages.Gossip_load;
            case RANK -> Messages.Gossip_rank;
            case HEALTH -> Messages.Gossip_health;
        };
    }

    private static DoubleFunction<String> writing(Subject subject) {
        return switch (subject) {
            case SIZE -> figure -> Figures.decimal(figure, figure < 10 && figure != Math.rint(figure) ? 1 : 0);
            case OFFER, FREE -> figure -> Figures.size(Math.round(figure));
            case LOAD -> figure -> Figures.decimal(figure, 2);
            case RANK -> Figures::percent;
            case HEALTH -> figure -> Figures.count(Math.round(figure));
        };
    }

    private String value(Subject subject) {
        DoubleFunction<String> writing = writing(subject);
        Estimate result = results.get(subject);
        if (result != null) {
            return writing.apply(result.value());
        }
        return believed(subject).map(writing::apply)
                .map(figure -> converging(subject).isPresent() ? NLS.bind(Messages.Gossip_about, figure) : figure)
                .orElse(Messages.Figures_none);
    }

    private String detail(Subject subject) {
        Estimate result = results.get(subject);
        return switch (subject) {
            case RANK -> standing == null ? Messages.Gossip_rankUnknown
                    : NLS.bind(Messages.Gossip_rankDetail, Figures.percent(standing.error()), Figures.count(standing.seen()));
            case HEALTH -> health == 0 ? Messages.Gossip_healthWell
                    : NLS.bind(Messages.Gossip_healthPoor, health, Membership.WORST_HEALTH);
            default -> result == null ? progress()
                    : NLS.bind(Messages.Gossip_spread, new Object[] {writing(subject).apply(result.spread()),
                        Figures.count(result.epoch()), progress()});
        };
    }

    private String progress() {
        return running == null ? Messages.Gossip_waiting
                : NLS.bind(Messages.Gossip_converging, running.cycle(), running.cycles());
    }
}
