// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.preferences;

import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.swt.widgets.Composite;

import io.peerwerk.node.NodeLimits;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Limit;

/** How fast bytes may move, and how many connections there may be. */
public final class TrafficPreferencePage extends LimitsPage {
    private static final String UPLOAD = "upload"; //$NON-NLS-1$
    private static final String DOWNLOAD = "download"; //$NON-NLS-1$
    private static final String PEER_UPLOAD = "peerUpload"; //$NON-NLS-1$
    private static final String PEER_DOWNLOAD = "peerDownload"; //$NON-NLS-1$
    private static final String CONNECTIONS = "connections"; //$NON-NLS-1$

    public TrafficPreferencePage() {
        super(Messages.Traffic_description);
    }

    @Override
    protected void createFieldEditors() {
        rate(UPLOAD, Messages.Traffic_upload);
        rate(DOWNLOAD, Messages.Traffic_download);
        rate(PEER_UPLOAD, Messages.Traffic_peerUpload);
        rate(PEER_DOWNLOAD, Messages.Traffic_peerDownload);
        Composite parent = getFieldEditorParent();
        add(new CheckedField(CONNECTIONS, Messages.Traffic_connections, Messages.Traffic_automatic, Limit::connections, parent),
                parent);
    }

    private void rate(String key, String label) {
        Composite parent = getFieldEditorParent();
        add(new CheckedField(key, label, Messages.Traffic_unlimited, Limit::rate, parent), parent);
    }

    @Override
    void write(NodeLimits limits, Texts texts) {
        NodeLimits.Rates rates = limits.rates();
        texts.put(UPLOAD, Limit.rateText(rates.upload()));
        texts.put(DOWNLOAD, Limit.rateText(rates.download()));
        texts.put(PEER_UPLOAD, Limit.rateText(rates.peerUpload()));
        texts.put(PEER_DOWNLOAD, Limit.rateText(rates.peerDownload()));
        texts.put(CONNECTIONS, Limit.connectionsText(limits.connections()));
    }

    @Override
    NodeLimits.Change read(IPreferenceStore texts) {
        return new NodeLimits.Change(Limit.rate(texts.getString(UPLOAD)), Limit.rate(texts.getString(DOWNLOAD)),
                Limit.rate(texts.getString(PEER_UPLOAD)), Limit.rate(texts.getString(PEER_DOWNLOAD)),
                Limit.connections(texts.getString(CONNECTIONS)), null, null, null);
    }
}
