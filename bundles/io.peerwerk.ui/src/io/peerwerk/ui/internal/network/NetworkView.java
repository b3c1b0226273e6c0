// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.network;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.operations.UndoRedoActionGroup;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.node.PeerInfo;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.PeerwerkView;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.node.WorkbenchNode;
import io.peerwerk.ui.internal.widgets.Icons;
import io.peerwerk.ui.internal.widgets.SortableTable;

/** This peer and its neighbours, as a picture and as a table. */
public final class NetworkView extends PeerwerkView implements NetworkPresenter.View {
    private static final String TABLE = "table"; //$NON-NLS-1$
    private static final String ANIMATED = "animated"; //$NON-NLS-1$
    private static final String PICTURE_SHARE = "picture"; //$NON-NLS-1$
    private static final int WHOLE = 1000;
    private static final int PICTURE = 670;

    private SashForm sash;
    private NetworkCanvas canvas;
    private SortableTable<PeerInfo> table;
    private Set<PeerId> blocked = Set.of();

    public NetworkView() {
        super("network-large"); //$NON-NLS-1$
    }

    @Override
    protected Control createContent(Composite parent, @Nullable IMemento remembered) {
        sash = new SashForm(parent, SWT.VERTICAL | SWT.SMOOTH);
        canvas = new NetworkCanvas(sash);
        table = createTable(sash);
        canvas.onPick(this::select);
        table.viewer().addSelectionChangedListener(e -> canvas.select(
                e.getStructuredSelection().getFirstElement() instanceof PeerInfo peer ? peer.id() : null));
        restore(remembered);
        contextMenu(table.viewer(), canvas);
        fillMenu(getViewSite().getActionBars().getMenuManager());
        new UndoRedoActionGroup(getSite(), PlatformUI.getWorkbench().getOperationSupport().getUndoContext(), true)
                .fillActionBars(getViewSite().getActionBars());
        return sash;
    }

    private SortableTable<PeerInfo> createTable(Composite parent) {
        Icons icons = new Icons(parent);
        return new SortableTable<>(parent, SWT.SINGLE, PeerInfo.class, PeerInfo::id)
                .column(Messages.Column_peer, 110, p -> p.id().brief(), p -> icons.get("peer-" + icon(p)), //$NON-NLS-1$
                        PeerText::tooltip, PeerText.BY_NAME)
                .column(Messages.Column_state, 100, p -> blocked(p) ? Messages.State_blocked : PeerText.state(p.state()), p -> null, PeerText::tooltip, PeerText.BY_STATE)
                .column(Messages.Column_way, 110, PeerText::way, p -> null, PeerText::tooltip, PeerText.BY_WAY)
                .column(Messages.Column_address, 170, PeerText::address, p -> null, PeerText::tooltip, PeerText.BY_ADDRESS)
                .column(Messages.Column_roundTrip, 95, PeerText::roundTrip, p -> null, PeerText::tooltip,
                        PeerText.BY_ROUND_TRIP)
                .column(Messages.Column_offer, 90, p -> Figures.size(p.offer()), p -> null, PeerText::tooltip, PeerText.BY_OFFER);
    }

    private boolean blocked(PeerInfo peer) {
        return blocked.contains(peer.id());
    }

    private String icon(PeerInfo peer) {
        return blocked(peer) ? "gone" : switch (peer.state()) { //$NON-NLS-1$
            case ALIVE -> "alive"; //$NON-NLS-1$
            case SUSPECT -> "suspect"; //$NON-NLS-1$
            case DEAD, LEFT -> "gone"; //$NON-NLS-1$
        };
    }

    private void fillMenu(IMenuManager menu) {
        menu.add(toggle(Messages.Network_showTable, sash.getMaximizedControl() == null,
                on -> sash.setMaximizedControl(on ? null : canvas)));
        menu.add(toggle(Messages.Network_animate, canvas.animated(), canvas::animate));
    }

    private static IAction toggle(String text, boolean on, Consumer<Boolean> set) {
        Action action = new Action(text, IAction.AS_CHECK_BOX) {
            @Override
            public void run() {
                set.accept(isChecked());
            }
        };
        action.setChecked(on);
        return action;
    }

    private void select(PeerId id) {
        table.rows().stream().filter(peer -> peer.id().equals(id)).findFirst()
                .ifPresent(peer -> table.viewer().setSelection(new StructuredSelection(peer), true));
    }

    @Override
    protected Registration present(WorkbenchNode source, Executor background, UiThread thread) {
        return new NetworkPresenter(source, this, background, thread);
    }

    @Override
    public void show(NetworkModel model) {
        if (sash.isDisposed()) {
            return;
        }
        show(model.notice());
        canvas.show(model);
        boolean same = blocked.equals(model.blocked());
        blocked = model.blocked();
        table.show(model.peers());
        if (!same) {
            table.viewer().refresh();
        }
    }

    private void restore(@Nullable IMemento memento) {
        Integer picture = memento == null ? null : memento.getInteger(PICTURE_SHARE);
        int share = picture == null ? PICTURE : Math.clamp(picture, 50, WHOLE - 50);
        sash.setWeights(share, WHOLE - share);
        if (memento != null) {
            table.restore(memento);
            canvas.animate(!Boolean.FALSE.equals(memento.getBoolean(ANIMATED)));
            if (Boolean.FALSE.equals(memento.getBoolean(TABLE))) {
                sash.setMaximizedControl(canvas);
            }
        }
    }

    @Override
    public void saveState(IMemento memento) {
        table.save(memento);
        memento.putBoolean(TABLE, sash.getMaximizedControl() == null);
        memento.putBoolean(ANIMATED, canvas.animated());
        memento.putInteger(PICTURE_SHARE, sash.getWeights()[0]);
    }

    /** The peers shown. */
    public List<PeerInfo> peers() {
        return table.rows();
    }

    /** Whether every peer has reached its place in the picture. */
    public boolean still() {
        return !canvas.moving();
    }
}
