// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.gossip;

import java.time.Duration;
import java.util.Comparator;

import org.eclipse.osgi.util.NLS;
import org.jspecify.annotations.Nullable;

import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.Membership;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.gossip.GossipModel.Row;
import io.peerwerk.ui.internal.gossip.GossipModel.Self;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.network.PeerText;

/** What is said of members and of this peer, and the order of the columns. */
final class GossipText {
    static final Comparator<Row> BY_PEER = Comparator.comparing(Row::info, PeerText.BY_NAME);
    /** Who can be reached first, and among equals the one whose news are fresher. */
    static final Comparator<Row> BY_STATE = Comparator.comparing(Row::info, PeerText.BY_STATE).thenComparing(GossipText::fresher)
            .thenComparing(BY_PEER);
    static final Comparator<Row> BY_INCARNATION = Comparator.comparingLong(Row::incarnation);
    static final Comparator<Row> BY_ROUND_TRIP = Comparator.comparing(Row::info, PeerText.BY_ROUND_TRIP);
    static final Comparator<Row> BY_AGE = GossipText::fresher;
    static final Comparator<Row> BY_OFFER = Comparator.comparing(Row::info, PeerText.BY_OFFER);
    static final Comparator<Row> BY_ADDRESS = Comparator.comparing(Row::info, PeerText.BY_ADDRESS);

    private GossipText() {
    }

    private static int fresher(Row one, Row other) {
        return Comparator.nullsLast(Comparator.<Duration>naturalOrder()).compare(one.age(), other.age());
    }

    static String icon(MemberState state) {
        return switch (state) {
            case ALIVE -> "peer-alive"; //$NON-NLS-1$
            case SUSPECT -> "peer-suspect"; //$NON-NLS-1$
            case DEAD -> "peer-gone"; //$NON-NLS-1$
            case LEFT -> "peer-left"; //$NON-NLS-1$
        };
    }

    /** {@code 3 s}, {@code 5 min}, {@code 2 h}; a dash where it is not known. */
    static String age(@Nullable Duration age) {
        if (age == null) {
            return Messages.Figures_none;
        }
        if (age.toMinutes() < 1) {
            return NLS.bind(Messages.Figures_seconds, age.toSeconds());
        }
        return age.toHours() < 1 ? NLS.bind(Messages.Gossip_minutes, age.toMinutes()) : NLS.bind(Messages.Gossip_hours, age.toHours());
    }

    static String tooltip(Row row) {
        return NLS.bind(Messages.Gossip_tooltip, new Object[] {PeerText.tooltip(row.info()), Long.toString(row.incarnation()),
            age(row.age())});
    }

    /** How this peer itself is doing. */
    static String health(Self self) {
        return self.health() == 0 ? Messages.Gossip_selfWell
                : NLS.bind(Messages.Gossip_selfPoor, self.health(), Membership.WORST_HEALTH);
    }

    static String selfTooltip(Self self) {
        return NLS.bind(Messages.Gossip_selfTooltip, self.member().id(), Long.toString(self.member().incarnation()));
    }

    /** How many members there are, and how many of them are shown. */
    static String summary(GossipModel model, int shown) {
        int all = model.rows().size();
        if (shown < all) {
            return NLS.bind(Messages.Gossip_shown, Figures.count(shown), Figures.count(all));
        }
        return all == 1 ? Messages.Gossip_oneMember
                : NLS.bind(Messages.Gossip_members, Figures.count(all), Figures.count(model.reachable()));
    }
}
