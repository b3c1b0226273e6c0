// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.routing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.contexts.IContextService;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.PeerwerkView;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.node.Notice;
import io.peerwerk.ui.internal.node.WorkbenchNode;
import io.peerwerk.ui.internal.routing.RoutingModel.Bucket;
import io.peerwerk.ui.internal.routing.RoutingModel.Entry;
import io.peerwerk.ui.internal.routing.RoutingModel.Table;
import io.peerwerk.ui.internal.widgets.Icons;
import io.peerwerk.ui.internal.widgets.NoticePane;
import io.peerwerk.ui.internal.widgets.SortableTable;

/** The tables of the distributed hash table, bucket by bucket, and a field that finds a peer by its id. */
public final class RoutingView extends PeerwerkView implements RoutingPresenter.View {
    /** The context in which the key for looking anew holds here. */
    private static final String CONTEXT = "io.peerwerk.ui.context.routing"; //$NON-NLS-1$
    private static final Notice ALONE = new Notice(Messages.Routing_aloneTitle, Messages.Routing_aloneText, List.of());
    private static final String TABLES = "tables"; //$NON-NLS-1$
    private static final String BUCKETS = "buckets"; //$NON-NLS-1$
    private static final String PEERS = "peers"; //$NON-NLS-1$
    private static final String BUCKET_SHARE = "share"; //$NON-NLS-1$
    private static final int WHOLE = 1000;
    private static final int BUCKET_PART = 330;
    /** A node has two tables; the border needs a little more. */
    private static final int TABLE_ROWS = 2;
    private static final int BORDER = 4;

    private Composite content;
    private SortableTable<Table> tables;
    private SearchBar search;
    private Composite stack;
    private NoticePane alone;
    private SashForm sash;
    private SortableTable<Bucket> buckets;
    private SortableTable<Entry> peers;
    private @Nullable RoutingPresenter presenter;
    private RoutingModel shown = RoutingModel.of(ALONE);
    private Instant minute = Instant.EPOCH;

    public RoutingView() {
        super("routing-large"); //$NON-NLS-1$
    }

    @Override
    protected Control createContent(Composite parent, @Nullable IMemento remembered) {
        content = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(8, 8).spacing(0, 8).applyTo(content);
        tables = createTables(content);
        var tablesWidget = tables.viewer().getTable();
        GridDataFactory.fillDefaults().grab(true, false).hint(SWT.DEFAULT, tablesWidget.getHeaderHeight()
                + TABLE_ROWS * tablesWidget.getItemHeight() + BORDER).applyTo(tablesWidget);
        search = new SearchBar(content, this::look, this::stopLooking);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(search);
        stack = new Composite(content, SWT.NONE);
        stack.setLayout(new StackLayout());
        GridDataFactory.fillDefaults().grab(true, true).applyTo(stack);
        alone = new NoticePane(stack, remedy -> { });
        alone.show(ALONE, "routing-large"); //$NON-NLS-1$
        sash = new SashForm(stack, SWT.VERTICAL | SWT.SMOOTH);
        buckets = createBuckets(sash);
        peers = createPeers(sash);
        buckets.viewer().addSelectionChangedListener(e -> showPeers());
        restore(remembered);
        contextMenu(peers.viewer(), alone, content);
        getSite().getService(IContextService.class).activateContext(CONTEXT);
        return content;
    }

    private static SortableTable<Table> createTables(Composite parent) {
        return new SortableTable<>(parent, SWT.SINGLE | SWT.BORDER, Table.class, Table::name)
                .column(Messages.Column_table, 105, Table::name, t -> null, RoutingText::tooltip, Comparator.comparing(Table::name))
                .column(Messages.Column_peers, 60, t -> Figures.count(t.peers()), t -> null, RoutingText::tooltip,
                        Comparator.comparing(Table::peers))
                .column(Messages.Column_mode, 140, RoutingText::mode, t -> null, RoutingText::tooltip,
                        Comparator.comparing(RoutingText::mode))
                .column(Messages.Column_networkSize, 120, RoutingText::networkSize, t -> null, RoutingText::tooltip,
                        Comparator.comparing(t -> t.figures().networkSize()))
                .column(Messages.Column_records, 75, t -> Figures.count(t.figures().records()), t -> null, RoutingText::tooltip,
                        Comparator.comparing(t -> t.figures().records()))
                .column(Messages.Column_providers, 80, t -> Figures.count(t.figures().providers()), t -> null,
                        RoutingText::tooltip, Comparator.comparing(t -> t.figures().providers()));
    }

    private static SortableTable<Bucket> createBuckets(Composite parent) {
        SortableTable<Bucket> table = new SortableTable<>(parent, SWT.SINGLE | SWT.BORDER, Bucket.class, Bucket::identity);
        table.column(Messages.Column_table, 105, Bucket::table, b -> null, RoutingText::tooltip, Comparator.comparing(Bucket::table))
                .column(Messages.Column_sharedBits, 95, RoutingText::bits, b -> null, RoutingText::tooltip,
                        Comparator.comparing(Bucket::sharedBits))
                .column(Messages.Column_peers, 210, RoutingText::size, b -> null, RoutingText::tooltip,
                        Comparator.comparing(Bucket::peers));
        BucketBar.into(table.viewer().getTable(), 2);
        return table;
    }

    private static SortableTable<Entry> createPeers(Composite parent) {
        Icons icons = new Icons(parent);
        return new SortableTable<>(parent, SWT.SINGLE | SWT.BORDER, Entry.class, Entry::identity)
                .column(Messages.Column_peer, 85, entry -> entry.peer().brief(),
                        entry -> entry.bucket() == null ? icons.get("find-peer") : null, RoutingText::tooltip, RoutingText.BY_PEER) //$NON-NLS-1$
                .column(Messages.Column_table, 90, Entry::table, e -> null, RoutingText::tooltip, RoutingText.BY_BUCKET)
                .column(Messages.Column_sharedBits, 95, RoutingText::sharedBits, e -> null, RoutingText::tooltip,
                        RoutingText.BY_BITS)
                .column(Messages.Column_known, 85, e -> RoutingText.ago(e.addedAt(), Instant.now()), e -> null,
                        RoutingText::tooltip, RoutingText.BY_ADDED)
                .column(Messages.Column_lastSeen, 85, e -> RoutingText.ago(e.lastSeen(), Instant.now()), e -> null,
                        RoutingText::tooltip, RoutingText.BY_SEEN)
                .column(Messages.Column_address, 235, RoutingText::address, e -> null, RoutingText::tooltip, RoutingText.BY_ADDRESS);
    }

    @Override
    protected Registration present(WorkbenchNode source, Executor background, UiThread thread) {
        RoutingPresenter begun = new RoutingPresenter(source, this, background, thread);
        presenter = begun;
        return begun;
    }

    private void look(String id) {
        if (presenter != null) {
            presenter.find(id);
        }
    }

    private void stopLooking() {
        if (presenter != null) {
            presenter.cancelSearch();
        }
    }

    /** Looks for the peer of this id, as when it is typed here. */
    public void find(String id) {
        search.find(id);
    }

    /** Looks at the tables now rather than within a second. */
    public void refresh() {
        if (presenter != null) {
            presenter.refresh();
        }
    }

    @Override
    public void show(RoutingModel model) {
        if (content.isDisposed()) {
            return;
        }
        RoutingModel before = shown;
        shown = model;
        show(model.notice());
        if (model.notice() == null) {
            tables.show(model.tables());
            search.show(model.search());
            buckets.show(model.buckets());
            showPeers();
            StackLayout layout = (StackLayout) stack.getLayout();
            Control top = model.peers().isEmpty() ? alone : sash;
            if (layout.topControl != top) {
                layout.topControl = top;
                stack.layout();
            }
            if (model.search() instanceof PeerSearch.Found && !model.search().equals(before.search())) {
                buckets.viewer().setSelection(StructuredSelection.EMPTY);
                peers.viewer().setSelection(new StructuredSelection(model.peers().getFirst()), true);
            }
        }
    }

    /** Those of the bucket that is selected and what was found; all where none is. */
    private void showPeers() {
        Object bucket = buckets.viewer().getStructuredSelection().getFirstElement();
        peers.show(bucket instanceof Bucket selected
                ? shown.peers().stream().filter(peer -> peer.bucket() == null || peer.bucket().same(selected)).toList() : shown.peers());
        Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        if (!now.equals(minute)) {
            minute = now;
            peers.viewer().refresh(); // "5 min ago" is another text a minute later
        }
    }

    private void restore(@Nullable IMemento memento) {
        Integer part = memento == null ? null : memento.getInteger(BUCKET_SHARE);
        int share = part == null ? BUCKET_PART : Math.clamp(part, 50, WHOLE - 50);
        sash.setWeights(share, WHOLE - share);
        if (memento != null) {
            tables.restore(memento.getChild(TABLES));
            buckets.restore(memento.getChild(BUCKETS));
            peers.restore(memento.getChild(PEERS));
        }
    }

    @Override
    public void saveState(IMemento memento) {
        memento.putInteger(BUCKET_SHARE, sash.getWeights()[0]);
        tables.save(memento.createChild(TABLES));
        buckets.save(memento.createChild(BUCKETS));
        peers.save(memento.createChild(PEERS));
    }

    @Override
    public void setFocus() {
        if (notice().isPresent()) {
            super.setFocus();
        } else {
            search.setFocus();
        }
    }

    /** The peers shown. */
    public List<Entry> peers() {
        return peers.rows();
    }

    /** The buckets shown. */
    public List<Bucket> buckets() {
        return buckets.rows();
    }

    /** How the search stands. */
    public PeerSearch.State search() {
        return shown.search();
    }
}
