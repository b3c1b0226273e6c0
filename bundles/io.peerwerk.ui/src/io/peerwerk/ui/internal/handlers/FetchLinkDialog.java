// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.ui.internal.Messages;

/** Asks for a link and where to put what it names. A link on the clipboard is filled in. */
final class FetchLinkDialog extends TitleAreaDialog {
    private static final int WIDTH = 420;

    private String link;
    private String target = ""; //$NON-NLS-1$
    private Text linkText;
    private Text targetText;

    FetchLinkDialog(Shell shell, @Nullable String link) {
        super(shell);
        this.link = link == null ? fromClipboard(shell) : link;
        setHelpAvailable(false);
    }

    private static String fromClipboard(Shell shell) {
        Clipboard clipboard = new Clipboard(shell.getDisplay());
        try {
            return clipboard.getContents(TextTransfer.getInstance()) instanceof String text && problem(text) == null
                    ? text.strip() : ""; //$NON-NLS-1$
        } finally {
            clipboard.dispose();
        }
    }

    private static @Nullable String problem(String text) {
        try {
            StorageLink.parse(text);
            return null;
        } catch (FormatException e) {
            return e.getMessage();
        }
    }

    String link() {
        return link;
    }

    String target() {
        return target;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.FetchLink_title);
    }

    @Override
    protected boolean isResizable() {
        return true;
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
        GridLayoutFactory.swtDefaults().numColumns(3).margins(12, 12).applyTo(area);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(area);
        setTitle(Messages.FetchLink_title);
        setMessage(Messages.FetchLink_text);
        new Label(area, SWT.NONE).setText(Messages.FetchLink_link);
        linkText = text(area, link, 2);
        new Label(area, SWT.NONE).setText(Messages.FetchLink_target);
        targetText = text(area, target, 1);
        Button browse = new Button(area, SWT.PUSH);
        browse.setText(Messages.FetchLink_browse);
        browse.addListener(SWT.Selection, e -> new Dialogs(getShell()).fileToWrite("") //$NON-NLS-1$
                .ifPresent(path -> targetText.setText(path.toString())));
        return area;
    }

    private Text text(Composite area, String value, int span) {
        Text text = new Text(area, SWT.BORDER);
        text.setText(value);
        text.addListener(SWT.Modify, e -> check());
        GridDataFactory.fillDefaults().grab(true, false).span(span, 1).align(SWT.FILL, SWT.CENTER).hint(WIDTH, SWT.DEFAULT)
                .applyTo(text);
        return text;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.OK_ID, Messages.FetchLink_fetch, true);
        createButton(parent, IDialogConstants.CANCEL_ID, IDialogConstants.CANCEL_LABEL, false);
        check();
        setErrorMessage(null); // nobody has typed anything wrong yet
    }

    private void check() {
        link = linkText.getText().strip();
        target = targetText.getText().strip();
        String wrong = problem(link);
        if (wrong == null) {
            wrong = target.isEmpty() ? Messages.FetchLink_noTarget : pathProblem(target);
        }
        setErrorMessage(wrong);
        getButton(IDialogConstants.OK_ID).setEnabled(wrong == null);
    }

    private static @Nullable String pathProblem(String path) {
        try {
            Path.of(path);
            return null;
        } catch (InvalidPathException e) {
            return e.getMessage();
        }
    }
}
