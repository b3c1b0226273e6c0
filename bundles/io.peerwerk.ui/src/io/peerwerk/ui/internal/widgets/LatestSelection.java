// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.widgets;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.ISelectionChangedListener;
import org.eclipse.jface.viewers.ISelectionProvider;
import org.eclipse.jface.viewers.SelectionChangedEvent;
import org.eclipse.jface.viewers.StructuredViewer;
import org.eclipse.swt.SWT;

/** The selection of a view with several tables: that of the one which the user has turned to last. */
public final class LatestSelection implements ISelectionProvider {
    private final List<ISelectionChangedListener> listeners = new CopyOnWriteArrayList<>();
    private StructuredViewer latest;

    /** The first one counts until the user turns to another. */
    public LatestSelection(StructuredViewer first, StructuredViewer... others) {
        latest = first;
        follow(first);
        for (StructuredViewer other : others) {
            follow(other);
        }
    }

    private void follow(StructuredViewer viewer) {
        viewer.getControl().addListener(SWT.FocusIn, e -> turnTo(viewer));
        viewer.addSelectionChangedListener(e -> {
            if (viewer == latest) {
                tell();
            }
        });
    }

    private void turnTo(StructuredViewer viewer) {
        if (viewer != latest) {
            latest = viewer;
            tell();
        }
    }

    private void tell() {
        SelectionChangedEvent event = new SelectionChangedEvent(this, getSelection());
        listeners.forEach(listener -> listener.selectionChanged(event));
    }

    @Override
    public ISelection getSelection() {
        return latest.getSelection();
    }

    /** Selects in the table that counts now. */
    @Override
    public void setSelection(ISelection selection) {
        latest.setSelection(selection);
    }

    @Override
    public void addSelectionChangedListener(ISelectionChangedListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeSelectionChangedListener(ISelectionChangedListener listener) {
        listeners.remove(listener);
    }
}
