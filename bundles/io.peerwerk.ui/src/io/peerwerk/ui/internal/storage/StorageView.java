// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;

import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.dnd.DropTargetAdapter;
import org.eclipse.swt.dnd.DropTargetEvent;
import org.eclipse.swt.dnd.FileTransfer;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.IMemento;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.CommandCall;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.PeerwerkView;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.node.Notice;
import io.peerwerk.ui.internal.node.WorkbenchNode;
import io.peerwerk.ui.internal.storage.StorageModel.Row;
import io.peerwerk.ui.internal.storage.StorageModel.Stored;
import io.peerwerk.ui.internal.widgets.Icons;
import io.peerwerk.ui.internal.widgets.NoticePane;
import io.peerwerk.ui.internal.widgets.SortableTable;

/** What this user stored, and what is on its way. Files dropped here are stored; a double click fetches. */
public final class StorageView extends PeerwerkView implements StoragePresenter.View {
    private static final Notice WELCOME = new Notice(Messages.Storage_emptyTitle, Messages.Storage_emptyText, List.of());

    private Composite stack;
    private NoticePane welcome;
    private SortableTable<Row> table;
    private @Nullable StoragePresenter presenter;

    public StorageView() {
        super("storage-large"); //$NON-NLS-1$
    }

    @Override
    protected Control createContent(Composite parent, @Nullable IMemento remembered) {
        stack = new Composite(parent, SWT.NONE);
        stack.setLayout(new StackLayout());
        welcome = new NoticePane(stack, remedy -> { });
        welcome.show(WELCOME, "storage-large"); //$NON-NLS-1$
        table = createTable(stack);
        table.restore(remembered);
        table.viewer().addDoubleClickListener(e -> fetch(e.getSelection() instanceof IStructuredSelection s ? s : null));
        acceptFiles(stack);
        contextMenu(table.viewer(), welcome);
        return stack;
    }

    private static SortableTable<Row> createTable(Composite parent) {
        Icons icons = new Icons(parent);
        SortableTable<Row> table = new SortableTable<>(parent, SWT.MULTI, Row.class, StorageView::identity)
                .column(Messages.Column_name, 205, StoredText::name, row -> icons.get(icon(row)), StoredText::tooltip, StoredText.BY_NAME)
                .column(Messages.Column_size, 72, StoredText::size, row -> null, StoredText::tooltip, StoredText.BY_SIZE)
                .column(Messages.Column_stored, 82, row -> StoredText.stored(row, Instant.now()), row -> null,
                        StoredText::tooltip, StoredText.BY_DATE)
                .column(Messages.Column_peers, 52, StoredText::peers, row -> null, StoredText::tooltip, StoredText.BY_PEERS)
                .column(Messages.Column_health, 175, StoredText::health, row -> null, StoredText::tooltip, StoredText.BY_HEALTH);
        Table widget = table.viewer().getTable();
        HealthBar.into(widget, widget.getColumnCount() - 1);
        return table;
    }

    private static Object identity(Row row) {
        return switch (row) {
            case StorageModel.Moving moving -> moving.transfer();
            case Stored stored -> stored.item().link().root();
        };
    }

    private static String icon(Row row) {
        return switch (row) {
            case StorageModel.Moving moving -> moving.transfer() instanceof Transfer.Put ? "moving-up" : "moving-down"; //$NON-NLS-1$ //$NON-NLS-2$
            case Stored stored -> stored.item().folder() ? "folder" : "file"; //$NON-NLS-1$ //$NON-NLS-2$
        };
    }

    private void acceptFiles(Control control) {
        DropTarget target = new DropTarget(control, DND.DROP_COPY | DND.DROP_DEFAULT);
        target.setTransfer(FileTransfer.getInstance());
        target.addDropListener(new DropTargetAdapter() {
            @Override
            public void dragEnter(DropTargetEvent event) {
                dragOperationChanged(event);
            }

            @Override
            public void dragOperationChanged(DropTargetEvent event) {
                if (event.detail == DND.DROP_DEFAULT) {
                    event.detail = DND.DROP_COPY;
                }
            }

            @Override
            public void drop(DropTargetEvent event) {
                if (event.data instanceof String[] paths) {
                    store(List.of(paths));
                }
            }
        });
    }

    /** Stores files and folders, as when they are dropped here. */
    public void store(List<String> paths) {
        for (String path : paths) {
            boolean folder = Files.isDirectory(Path.of(path));
            CommandCall.of(getSite(), folder ? PeerwerkUi.ADD_FOLDER : PeerwerkUi.ADD_FILE).with(PeerwerkUi.PATH, path).run();
        }
    }

    private void fetch(@Nullable IStructuredSelection selection) {
        if (selection != null && selection.getFirstElement() instanceof Stored) {
            CommandCall.of(getSite(), PeerwerkUi.FETCH).run();
        }
    }

    @Override
    protected Registration present(WorkbenchNode source, Executor background, UiThread thread) {
        Transfers transfers = getSite().getService(Transfers.class);
        StoragePresenter begun = new StoragePresenter(source, transfers, this, background, thread);
        Registration outcomes = transfers.listen(new Outcomes(thread));
        presenter = begun;
        return () -> {
            outcomes.close();
            begun.close();
        };
    }

    /** Says in the status line how a transfer ended. */
    private final class Outcomes implements Transfers.Listener {
        private final UiThread thread;

        Outcomes(UiThread thread) {
            this.thread = thread;
        }

        @Override
        public void changed() {
            // The presenter shows it.
        }

        @Override
        public void succeeded(Transfer transfer, Transfer.Outcome outcome) {
            thread.execute(() -> say(transfer, outcome));
        }
    }

    private void say(Transfer transfer, Transfer.Outcome outcome) {
        if (stack.isDisposed()) {
            return;
        }
        String name = Figures.plain(transfer.name());
        getViewSite().getActionBars().getStatusLineManager().setMessage(switch (outcome) {
            case Transfer.Outcome.Stored stored -> stored.item().warning()
                    .map(warning -> NLS.bind(Messages.Storage_storedWarning, name, warning))
                    .orElseGet(() -> NLS.bind(Messages.Storage_stored, name));
            case Transfer.Outcome.Received received -> NLS.bind(Messages.Storage_fetched, name, received.fetched().path());
        });
    }

    /** Asks the peers about every item again. */
    public void checkHealth() {
        if (presenter != null) {
            presenter.checkHealth();
        }
    }

    @Override
    public void show(StorageModel model) {
        if (stack.isDisposed()) {
            return;
        }
        show(model.notice());
        table.show(model.rows());
        StackLayout layout = (StackLayout) stack.getLayout();
        Control top = model.rows().isEmpty() ? welcome : table.viewer().getControl();
        if (layout.topControl != top) {
            layout.topControl = top;
            stack.layout();
        }
    }

    @Override
    public void saveState(IMemento memento) {
        table.save(memento);
    }

    /** What is selected: rows of the model. */
    public IStructuredSelection selection() {
        return table.viewer().getStructuredSelection();
    }

    /** The rows shown. */
    public List<Row> rows() {
        return table.rows();
    }
}
