// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.topics;

import java.text.NumberFormat;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.stream.Collectors;

import org.eclipse.osgi.util.NLS;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.topics.TopicsModel.Neighbour;
import io.peerwerk.ui.internal.topics.TopicsModel.Topic;

/** What is said of topics, neighbours and messages, and the order of the columns. */
final class TopicsText {
    static final Comparator<Neighbour> BY_PEER = Comparator.comparing(neighbour -> neighbour.peer().brief());
    static final Comparator<Heard> BY_TIME = Comparator.comparing(Heard::number);
    static final Comparator<Heard> BY_SENDER = Comparator.comparing(heard -> heard.peer().brief());

    /** Characters of a line in a tooltip. */
    private static final int LINE = 90;

    private TopicsText() {
    }

    // ---- topics

    /** Topics of others on this node may be named anyhow. */
    static String name(Topic topic) {
        return Figures.plain(topic.name());
    }

    static String bond(Topic topic) {
        return switch (topic.bond()) {
            case SUBSCRIBED -> Messages.Topic_subscribed;
            case ELSEWHERE -> Messages.Topic_elsewhere;
            case PUBLISHED -> Messages.Topic_published;
        };
    }

    static String tooltip(Topic topic) {
        String meaning = switch (topic.bond()) {
            case SUBSCRIBED -> Messages.Topic_subscribedText;
            case ELSEWHERE -> Messages.Topic_elsewhereText;
            case PUBLISHED -> Messages.Topic_publishedText;
        };
        return NLS.bind(Messages.Topic_tooltip, new Object[] {name(topic), meaning, Figures.count(topic.subscribers()),
            Figures.count(topic.mesh())});
    }

    // ---- neighbours

    /** With two decimals: it moves slowly. */
    static String score(Neighbour neighbour) {
        NumberFormat format = NumberFormat.getNumberInstance();
        format.setMinimumFractionDigits(2);
        format.setMaximumFractionDigits(2);
        double rounded = Math.round(neighbour.score() * 100) / 100.0;
        return format.format(rounded == 0 ? 0.0 : rounded); // a tiny malus is no "-0.00"
    }

    static String meshes(Neighbour neighbour) {
        return neighbour.meshes().isEmpty() ? Messages.Figures_none
                : neighbour.meshes().stream().map(Figures::plain).collect(Collectors.joining(", ")); //$NON-NLS-1$
    }

    static String protocol(Neighbour neighbour) {
        return Figures.plain(neighbour.protocol());
    }

    static String tooltip(Neighbour neighbour) {
        return NLS.bind(Messages.Neighbour_tooltip, new Object[] {neighbour.peer(), protocol(neighbour), score(neighbour),
            neighbour.score() < 0 ? Messages.Neighbour_bad : Messages.Neighbour_good});
    }

    // ---- messages

    static String sender(Heard heard, @Nullable PeerId self) {
        return heard.peer().equals(self) ? Messages.Message_you : heard.peer().brief();
    }

    static String time(Heard heard) {
        return Figures.time(heard.at(), ZoneId.systemDefault());
    }

    static String topic(Heard heard) {
        return Figures.plain(heard.topic());
    }

    static String tooltip(Heard heard) {
        return NLS.bind(Messages.Message_tooltip, new Object[] {heard.peer(), Figures.moment(heard.at(), ZoneId.systemDefault()),
            heard.via().equals(heard.peer()) ? Messages.Message_direct : heard.via().brief(), Figures.size(heard.size()),
            wrapped(heard.text())});
    }

    /** In lines that fit on a screen. */
    static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        for (int at = 0; at < text.length();) {
            int end = at + Math.min(LINE, text.length() - at);
            int space = end < text.length() ? text.lastIndexOf(' ', end) : end;
            int next = space > at ? space : end;
            next = next < text.length() && Character.isLowSurrogate(text.charAt(next)) ? next + 1 : next;
            lines.append(lines.isEmpty() ? "" : "\n").append(text.substring(at, next).strip()); //$NON-NLS-1$ //$NON-NLS-2$
            at = next;
        }
        return lines.toString();
    }
}
