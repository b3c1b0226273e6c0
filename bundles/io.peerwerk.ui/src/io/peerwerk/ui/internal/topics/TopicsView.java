// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.topics;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.SelectionChangedEvent;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IMemento;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.PeerwerkView;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.node.Notice;
import io.peerwerk.ui.internal.node.WorkbenchNode;
import io.peerwerk.ui.internal.topics.TopicsModel.Neighbour;
import io.peerwerk.ui.internal.topics.TopicsModel.Topic;
import io.peerwerk.ui.internal.widgets.Icons;
import io.peerwerk.ui.internal.widgets.LatestSelection;
import io.peerwerk.ui.internal.widgets.NoticePane;
import io.peerwerk.ui.internal.widgets.SortableTable;

/** Topics, the neighbours that pass their messages on, what was said, and a line to say something. */
public final class TopicsView extends PeerwerkView implements TopicsPresenter.View {
    private static final Notice WELCOME = new Notice(Messages.Topics_emptyTitle, Messages.Topics_emptyText, List.of());
    private static final String TOPICS = "topics"; //$NON-NLS-1$
    private static final String NEIGHBOURS = "neighbours"; //$NON-NLS-1$
    private static final String MESSAGES = "messages"; //$NON-NLS-1$
    private static final String UPPER_SHARE = "upper"; //$NON-NLS-1$
    private static final String TOPIC_SHARE = "left"; //$NON-NLS-1$
    private static final int WHOLE = 1000;
    private static final int UPPER_PART = 400;
    private static final int TOPIC_PART = 540;

    private Composite content;
    private Composite stack;
    private NoticePane welcome;
    private SashForm sash;
    private SashForm upper;
    private SortableTable<Topic> topics;
    private SortableTable<Neighbour> neighbours;
    private SortableTable<Heard> messages;
    private PublishBar bar;
    private @Nullable TopicsPresenter presenter;
    private @Nullable PeerId self;

    public TopicsView() {
        super("topics-large"); //$NON-NLS-1$
    }

    @Override
    protected Control createContent(Composite parent, @Nullable IMemento remembered) {
        content = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(8, 8).spacing(0, 8).applyTo(content);
        stack = new Composite(content, SWT.NONE);
        stack.setLayout(new StackLayout());
        GridDataFactory.fillDefaults().grab(true, true).applyTo(stack);
        welcome = new NoticePane(stack, remedy -> { });
        welcome.show(WELCOME, "topics-large"); //$NON-NLS-1$
        sash = new SashForm(stack, SWT.VERTICAL | SWT.SMOOTH);
        upper = new SashForm(sash, SWT.HORIZONTAL | SWT.SMOOTH);
        topics = createTopics(upper);
        neighbours = createNeighbours(upper);
        messages = createMessages(sash);
        bar = new PublishBar(content, this::send);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
        topics.viewer().addSelectionChangedListener(this::chosen);
        restore(remembered);
        contextMenu(topics.viewer(), neighbours.viewer().getControl(), messages.viewer().getControl(), welcome);
        getSite().setSelectionProvider(new LatestSelection(topics.viewer(), neighbours.viewer(), messages.viewer()));
        return content;
    }

    private static SortableTable<Topic> createTopics(Composite parent) {
        Icons icons = new Icons(parent);
        return new SortableTable<>(parent, SWT.SINGLE | SWT.BORDER, Topic.class, Topic::name)
                .column(Messages.Column_topic, 105, TopicsText::name,
                        topic -> icons.get(topic.bond() == TopicsModel.Bond.PUBLISHED ? "publish" : "topics"), //$NON-NLS-1$ //$NON-NLS-2$
                        TopicsText::tooltip, Comparator.comparing(Topic::name))
                .column(Messages.Column_peers, 50, t -> Figures.count(t.subscribers()), t -> null, TopicsText::tooltip,
                        Comparator.comparing(Topic::subscribers))
                .column(Messages.Column_mesh, 50, t -> Figures.count(t.mesh()), t -> null, TopicsText::tooltip,
                        Comparator.comparing(Topic::mesh))
                .column(Messages.Column_heard, 50, t -> Figures.count(t.heard()), t -> null, TopicsText::tooltip,
                        Comparator.comparing(Topic::heard))
                .column(Messages.Column_state, 85, TopicsText::bond, t -> null, TopicsText::tooltip, Comparator.comparing(Topic::bond));
    }

    private static SortableTable<Neighbour> createNeighbours(Composite parent) {
        return new SortableTable<>(parent, SWT.SINGLE | SWT.BORDER, Neighbour.class, Neighbour::peer)
                .column(Messages.Column_peer, 75, neighbour -> neighbour.peer().brief(), n -> null, TopicsText::tooltip,
                        TopicsText.BY_PEER)
                .column(Messages.Column_score, 55, TopicsText::score, n -> null, TopicsText::tooltip,
                        Comparator.comparing(Neighbour::score))
                .column(Messages.Column_inMesh, 110, TopicsText::meshes, n -> null, TopicsText::tooltip,
                        Comparator.comparing(TopicsText::meshes))
                .column(Messages.Column_topics, 50, n -> Figures.count(n.topics()), n -> null, TopicsText::tooltip,
                        Comparator.comparing(Neighbour::topics))
                .column(Messages.Column_protocol, 120, TopicsText::protocol, n -> null, TopicsText::tooltip,
                        Comparator.comparing(TopicsText::protocol));
    }

    private SortableTable<Heard> createMessages(Composite parent) {
        return new SortableTable<>(parent, SWT.SINGLE | SWT.BORDER, Heard.class, Heard::number)
                .column(Messages.Column_time, 85, TopicsText::time, m -> null, TopicsText::tooltip, TopicsText.BY_TIME)
                .column(Messages.Column_topic, 95, TopicsText::topic, m -> null, TopicsText::tooltip, Comparator.comparing(Heard::topic))
                .column(Messages.Column_sender, 75, m -> TopicsText.sender(m, self), m -> null, TopicsText::tooltip,
                        TopicsText.BY_SENDER)
                .column(Messages.Column_text, 380, Heard::text, m -> null, TopicsText::tooltip, Comparator.comparing(Heard::text));
    }

    private void chosen(SelectionChangedEvent event) {
        if (event.getStructuredSelection().getFirstElement() instanceof Topic topic) {
            bar.choose(topic.name());
        }
    }

    @Override
    protected Registration present(WorkbenchNode source, Executor background, UiThread thread) {
        TopicsPresenter begun = new TopicsPresenter(source, getSite().getService(Topics.class), this, background, thread);
        presenter = begun;
        return begun;
    }

    private void send(String topic, String text) {
        if (presenter != null) {
            presenter.publish(topic, text);
        }
    }

    /** Publishes this, as when it is typed here. */
    public void publish(String topic, String text) {
        bar.publish(topic, text);
    }

    @Override
    public void show(TopicsModel model) {
        if (content.isDisposed()) {
            return;
        }
        show(model.notice());
        if (model.notice() != null) {
            return;
        }
        self = model.self();
        topics.show(model.topics());
        neighbours.show(model.neighbours());
        messages.show(model.log());
        bar.offer(model.topics().stream().map(Topic::name).toList());
        StackLayout layout = (StackLayout) stack.getLayout();
        Control top = model.topics().isEmpty() && model.log().isEmpty() ? welcome : sash;
        if (layout.topControl != top) {
            layout.topControl = top;
            stack.layout();
        }
    }

    @Override
    public void published(String text, String outcome) {
        if (!bar.isDisposed()) {
            bar.published(text, outcome);
        }
    }

    @Override
    public void refused(String reason) {
        if (!bar.isDisposed()) {
            bar.say(reason);
        }
    }

    private void restore(@Nullable IMemento memento) {
        weigh(sash, memento == null ? null : memento.getInteger(UPPER_SHARE), UPPER_PART);
        weigh(upper, memento == null ? null : memento.getInteger(TOPIC_SHARE), TOPIC_PART);
        if (memento != null) {
            topics.restore(memento.getChild(TOPICS));
            neighbours.restore(memento.getChild(NEIGHBOURS));
            messages.restore(memento.getChild(MESSAGES));
        }
    }

    private static void weigh(SashForm form, @Nullable Integer remembered, int part) {
        int share = remembered == null ? part : Math.clamp(remembered, 50, WHOLE - 50);
        form.setWeights(share, WHOLE - share);
    }

    @Override
    public void saveState(IMemento memento) {
        memento.putInteger(UPPER_SHARE, sash.getWeights()[0]);
        memento.putInteger(TOPIC_SHARE, upper.getWeights()[0]);
        topics.save(memento.createChild(TOPICS));
        neighbours.save(memento.createChild(NEIGHBOURS));
        messages.save(memento.createChild(MESSAGES));
    }

    @Override
    public void setFocus() {
        if (notice().isPresent()) {
            super.setFocus();
        } else {
            bar.setFocus();
        }
    }

    /** The topics shown. */
    public List<Topic> topics() {
        return topics.rows();
    }

    /** The neighbours shown. */
    public List<Neighbour> neighbours() {
        return neighbours.rows();
    }

    /** The messages shown, the newest first. */
    public List<Heard> messages() {
        return messages.rows();
    }

    /** What has come of the last text that was published here. */
    public String outcome() {
        return bar.outcome();
    }
}
