// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.io.IOException;
import java.time.Duration;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.handlers.HandlerUtil;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.transport.Host;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.model.PeerRow;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.widgets.SwtUiThread;

/** Measures the round trip to the selected peer, in a job, and says it in the status line. */
public final class PingHandler extends NodeHandler {
    @Override
    protected void run(ExecutionEvent event) throws ExecutionException, IOException {
        if (HandlerUtil.getCurrentStructuredSelection(event).getFirstElement() instanceof PeerRow row
                && HandlerUtil.getActivePart(event) instanceof IViewPart view) {
            new PingJob(node(event).host(), row.peer(), view, new SwtUiThread(shell(event).getDisplay())).schedule();
        }
    }

    private static final class PingJob extends Job {
        private final Host host;
        private final PeerId peer;
        private final IViewPart view;
        private final UiThread ui;
        private volatile @Nullable Thread worker;

        PingJob(Host host, PeerId peer, IViewPart view, UiThread ui) {
            super(NLS.bind(Messages.Gossip_ping, peer.brief()));
            this.host = host;
            this.peer = peer;
            this.view = view;
            this.ui = ui;
            setUser(true);
        }

        @Override
        protected IStatus run(IProgressMonitor monitor) {
            worker = Thread.currentThread();
            try {
                Duration time = host.ping(peer);
                tell(NLS.bind(Messages.Gossip_pingDone, peer.brief(), Figures.roundTrip(time)), false);
            } catch (IOException e) {
                tell(NLS.bind(Messages.Gossip_pingFailed, peer.brief(), Figures.plain(String.valueOf(e.getMessage()))), true);
            } finally {
                worker = null;
                Thread.interrupted(); // an interruption that came too late belongs to nobody else
            }
            return monitor.isCanceled() ? Status.CANCEL_STATUS : Status.OK_STATUS;
        }

        private void tell(String said, boolean failed) {
            ui.execute(() -> {
                if (view.getSite().getPage().findView(view.getSite().getId()) == view) { // else it was closed meanwhile
                    var line = view.getViewSite().getActionBars().getStatusLineManager();
                    line.setMessage(said);
                    line.setErrorMessage(failed ? said : null);
                }
            });
        }

        /** The call blocks: its thread is interrupted, which ends it within a moment. */
        @Override
        protected void canceling() {
            Thread working = worker;
            if (working != null) {
                working.interrupt();
            }
        }
    }
}
