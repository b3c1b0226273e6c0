// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.connectivity;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IMemento;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.PeerwerkView;
import io.peerwerk.ui.internal.connectivity.ConnectivityFacts.Fact;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.node.WorkbenchNode;
import io.peerwerk.ui.internal.widgets.Icons;
import io.peerwerk.ui.internal.widgets.Palette;
import io.peerwerk.ui.internal.widgets.SortableTable;

/** Whether others reach this node, in one sentence, and how it is connected, line by line. */
public final class ConnectivityView extends PeerwerkView implements ConnectivityPresenter.View {
    /** Narrow enough for a small view; the text takes what there is. */
    private static final int TEXT_WIDTH = 240;

    private Composite content;
    private Label icon;
    private Label title;
    private Label text;
    private Icons icons;
    private SortableTable<Fact> facts;
    private @Nullable Standing shown;

    public ConnectivityView() {
        super("network-large"); //$NON-NLS-1$
    }

    @Override
    protected Control createContent(Composite parent, @Nullable IMemento remembered) {
        content = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(12, 10).spacing(8, 4).applyTo(content);
        icons = new Icons(content);
        icon = new Label(content, SWT.NONE);
        title = new Label(content, SWT.NONE);
        title.setFont(new LocalResourceManager(JFaceResources.getResources(), content)
                .create(FontDescriptor.createFrom(content.getFont()).setStyle(SWT.BOLD)));
        GridDataFactory.fillDefaults().grab(true, false).applyTo(title);
        text = new Label(content, SWT.WRAP);
        text.setForeground(Palette.of(content).muted());
        GridDataFactory.fillDefaults().span(2, 1).grab(true, false).hint(TEXT_WIDTH, SWT.DEFAULT).applyTo(text);
        facts = new SortableTable<>(content, SWT.SINGLE, Fact.class, Fact::order);
        facts.column(Messages.Column_fact, 150, Fact::what, f -> null, Fact::tooltip, Comparator.comparing(Fact::order))
                .column(Messages.Column_value, 420, Fact::value, f -> null, Fact::tooltip, Comparator.comparing(Fact::value));
        facts.restore(remembered);
        GridDataFactory.fillDefaults().span(2, 1).grab(true, true).indent(0, 4).hint(SWT.DEFAULT, 120)
                .applyTo(facts.viewer().getControl());
        contextMenu(facts.viewer());
        return content;
    }

    @Override
    protected Registration present(WorkbenchNode source, Executor background, UiThread thread) {
        return new ConnectivityPresenter(source, this, background, thread);
    }

    @Override
    public void show(ConnectivityModel model) {
        if (content.isDisposed()) {
            return;
        }
        show(model.notice());
        if (model.notice() == null) {
            show(model.standing());
            facts.show(ConnectivityFacts.of(model));
        }
    }

    private void show(Standing now) {
        if (now != shown) {
            shown = now;
            icon.setImage(icons.get(now.icon()));
            title.setText(now.title());
            text.setText(now.text());
            content.layout();
        }
    }

    @Override
    public void saveState(IMemento memento) {
        facts.save(memento);
    }

    /** The sentence shown; nothing while there is a notice in its place. */
    public Optional<Standing> standing() {
        return notice().isPresent() ? Optional.empty() : Optional.ofNullable(shown);
    }

    /** The values of the lines shown. */
    public List<String> lines() {
        return facts.rows().stream().map(Fact::value).toList();
    }
}
