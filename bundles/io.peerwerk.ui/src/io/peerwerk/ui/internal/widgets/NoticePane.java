// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.widgets;

import java.util.function.Consumer;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.layout.RowLayoutFactory;
import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;

import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.node.Notice;
import io.peerwerk.ui.internal.node.Notice.Remedy;

/** Says in the middle of a view why there is nothing else in it, and offers the ways out as links. */
public final class NoticePane extends Composite {
    private static final int TEXT_WIDTH = 380;

    private final Label icon;
    private final Label title;
    private final Label text;
    private final Composite links;
    private final Consumer<Remedy> chosen;
    private final Icons icons;

    /** {@code chosen} hears which way out the user takes. */
    public NoticePane(Composite parent, Consumer<Remedy> chosen) {
        super(parent, SWT.NONE);
        this.chosen = chosen;
        icons = new Icons(this);
        GridLayoutFactory.fillDefaults().applyTo(this);
        Composite middle = new Composite(this, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(12, 12).spacing(0, 8).applyTo(middle);
        GridDataFactory.fillDefaults().align(SWT.CENTER, SWT.CENTER).grab(true, true).applyTo(middle);
        icon = centred(new Label(middle, SWT.CENTER), SWT.DEFAULT);
        title = centred(new Label(middle, SWT.CENTER), SWT.DEFAULT);
        title.setFont(new LocalResourceManager(JFaceResources.getResources(), this)
                .create(FontDescriptor.createFrom(getFont()).setStyle(SWT.BOLD).increaseHeight(3)));
        text = centred(new Label(middle, SWT.CENTER | SWT.WRAP), TEXT_WIDTH);
        text.setForeground(Palette.of(this).muted());
        links = new Composite(middle, SWT.NONE);
        RowLayoutFactory.fillDefaults().center(true).spacing(18).applyTo(links);
        GridDataFactory.fillDefaults().align(SWT.CENTER, SWT.TOP).indent(0, 6).applyTo(links);
    }

    private static Label centred(Label label, int width) {
        GridDataFactory.fillDefaults().align(SWT.CENTER, SWT.TOP).grab(true, false).hint(width, SWT.DEFAULT).applyTo(label);
        return label;
    }

    /** Shows a notice under the icon of this name. */
    public void show(Notice notice, String iconName) {
        icon.setImage(icons.get(iconName));
        title.setText(notice.title());
        text.setText(notice.text());
        for (var old : links.getChildren()) {
            old.dispose();
        }
        for (Remedy remedy : notice.remedies()) {
            Link link = new Link(links, SWT.NONE);
            link.setText("<a>" + label(remedy) + "</a>"); //$NON-NLS-1$ //$NON-NLS-2$
            link.addListener(SWT.Selection, e -> chosen.accept(remedy));
        }
        layout(true, true);
    }

    private static String label(Remedy remedy) {
        return switch (remedy) {
            case START -> Messages.Remedy_start;
            case RETRY -> Messages.Remedy_retry;
            case CHOOSE_HOME -> Messages.Remedy_chooseHome;
            case PREFERENCES -> Messages.Remedy_preferences;
        };
    }
}
