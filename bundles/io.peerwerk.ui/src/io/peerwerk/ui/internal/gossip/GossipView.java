// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.gossip;

import java.util.List;
import java.util.concurrent.Executor;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.PlatformUI;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.PeerwerkView;
import io.peerwerk.ui.internal.gossip.GossipModel.Row;
import io.peerwerk.ui.internal.gossip.GossipModel.Self;
import io.peerwerk.ui.internal.model.Curve;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.network.PeerText;
import io.peerwerk.ui.internal.node.Notice;
import io.peerwerk.ui.internal.node.WorkbenchNode;
import io.peerwerk.ui.internal.widgets.AccessibleName;
import io.peerwerk.ui.internal.widgets.CurveGrid;
import io.peerwerk.ui.internal.widgets.Icons;
import io.peerwerk.ui.internal.widgets.NoticePane;
import io.peerwerk.ui.internal.widgets.Palette;
import io.peerwerk.ui.internal.widgets.SortableTable;

/** What is believed of the whole network, above; below, the members, which can be filtered. */
public final class GossipView extends PeerwerkView implements GossipPresenter.View {
    private static final Notice ALONE = new Notice(Messages.Gossip_aloneTitle, Messages.Gossip_aloneText, List.of());
    private static final String ICON = "gossip-large"; //$NON-NLS-1$
    private static final int FILTER_WIDTH = 190;
    private static final int STATE = 1;

    private Composite content;
    private Label icon;
    private Label health;
    private Label summary;
    private Text filter;
    private CurveGrid curves;
    private Composite stack;
    private NoticePane alone;
    private SortableTable<Row> members;
    private Icons icons;
    private GossipModel shown = new GossipModel(null, null, List.of(), List.of());

    public GossipView() {
        super(ICON);
    }

    @Override
    protected Control createContent(Composite parent, @Nullable IMemento remembered) {
        content = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(8, 8).spacing(0, 8).applyTo(content);
        icons = new Icons(content);
        createHead(content);
        curves = new CurveGrid(content);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(curves);
        stack = new Composite(content, SWT.NONE);
        stack.setLayout(new StackLayout());
        GridDataFactory.fillDefaults().grab(true, true).hint(SWT.DEFAULT, 60).applyTo(stack);
        alone = new NoticePane(stack, remedy -> { });
        alone.show(ALONE, ICON);
        members = createMembers(stack);
        members.restore(remembered);
        contextMenu(members.viewer(), alone);
        return content;
    }

    private void createHead(Composite parent) {
        Composite head = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(4).spacing(6, 0).applyTo(head);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(head);
        icon = new Label(head, SWT.NONE);
        health = new Label(head, SWT.NONE);
        GridDataFactory.fillDefaults().align(SWT.FILL, SWT.CENTER).grab(true, false).applyTo(health);
        summary = new Label(head, SWT.RIGHT);
        summary.setForeground(Palette.of(head).muted());
        GridDataFactory.fillDefaults().align(SWT.END, SWT.CENTER).applyTo(summary);
        filter = new Text(head, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
        filter.setMessage(Messages.Gossip_filter);
        AccessibleName.give(filter, () -> Messages.Gossip_filterTooltip);
        filter.setToolTipText(Messages.Gossip_filterTooltip);
        filter.addListener(SWT.Modify, e -> showMembers());
        GridDataFactory.fillDefaults().align(SWT.END, SWT.CENTER).hint(FILTER_WIDTH, SWT.DEFAULT).applyTo(filter);
    }

    private SortableTable<Row> createMembers(Composite parent) {
        Palette palette = Palette.of(parent);
        SortableTable<Row> table = new SortableTable<>(parent, SWT.SINGLE | SWT.BORDER, Row.class, Row::peer)
                .column(Messages.Column_peer, 80, row -> row.peer().brief(), row -> null, GossipText::tooltip, GossipText.BY_PEER)
                .column(Messages.Column_state, 90, row -> PeerText.state(row.info().state()),
                        row -> icons.get(GossipText.icon(row.info().state())), GossipText::tooltip, GossipText.BY_STATE)
                .column(Messages.Column_news, 60, row -> GossipText.age(row.age()), r -> null, GossipText::tooltip, GossipText.BY_AGE)
                .column(Messages.Column_roundTrip, 90, row -> PeerText.roundTrip(row.info()), r -> null, GossipText::tooltip,
                        GossipText.BY_ROUND_TRIP)
                .column(Messages.Column_incarnation, 95, row -> Long.toString(row.incarnation()), r -> null, GossipText::tooltip,
                        GossipText.BY_INCARNATION)
                .column(Messages.Column_offer, 70, row -> Figures.size(row.info().offer()), r -> null, GossipText::tooltip,
                        GossipText.BY_OFFER)
                .column(Messages.Column_address, 160, row -> PeerText.address(row.info()), r -> null, GossipText::tooltip,
                        GossipText.BY_ADDRESS)
                .colour(STATE, row -> row.info().state().isReachable() ? palette.state(row.info().state())
                        : palette.muted());
        table.sort(STATE, false);
        return table;
    }

    @Override
    protected Registration present(WorkbenchNode source, Executor background, UiThread thread) {
        GossipModule module = PlatformUI.getWorkbench().getService(GossipModule.class);
        return new GossipPresenter(source, module, this, background, thread);
    }

    @Override
    public void show(GossipModel model) {
        if (content.isDisposed()) {
            return;
        }
        shown = model;
        show(model.notice());
        Self self = model.self();
        if (self != null) {
            icon.setImage(icons.get(self.health() == 0 ? "peer-alive" : "peer-suspect")); //$NON-NLS-1$ //$NON-NLS-2$
            health.setText(GossipText.health(self));
            health.setToolTipText(GossipText.selfTooltip(self));
            icon.setToolTipText(GossipText.selfTooltip(self));
            curves.show(model.curves());
            showMembers();
        }
    }

    /** Those that match the filter. */
    private void showMembers() {
        List<Row> rows = shown.rows().stream().filter(row -> row.matches(filter.getText())).toList();
        members.show(rows);
        String said = GossipText.summary(shown, rows.size());
        if (!said.equals(summary.getText())) {
            summary.setText(said);
            summary.getParent().layout();
        }
        StackLayout layout = (StackLayout) stack.getLayout();
        Control top = shown.rows().isEmpty() ? alone : members.viewer().getControl();
        if (layout.topControl != top) {
            layout.topControl = top;
            stack.layout();
        }
    }

    @Override
    public void saveState(IMemento memento) {
        members.save(memento);
    }

    @Override
    public void setFocus() {
        if (notice().isPresent()) {
            super.setFocus();
        } else {
            members.viewer().getControl().setFocus();
        }
    }

    /** Shows only the members that match this text, as when it is typed here. */
    public void filter(String text) {
        filter.setText(text);
    }

    /** The members shown. */
    public List<Row> members() {
        return members.rows();
    }

    /** What is believed of the network. */
    public List<Curve> curves() {
        return shown.curves();
    }
}
