// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jface.dialogs.IDialogSettings;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;
import org.osgi.framework.FrameworkUtil;

import io.peerwerk.ui.internal.Messages;

/** The file dialogs of the commands; each opens where the user was the last time. */
final class Dialogs {
    private static final String SOURCE = "source"; //$NON-NLS-1$
    private static final String TARGET = "target"; //$NON-NLS-1$

    private final Shell shell;

    Dialogs(Shell shell) {
        this.shell = shell;
    }

    /** Files to store; none when the user thought better of it. */
    List<Path> filesToStore() {
        FileDialog dialog = new FileDialog(shell, SWT.OPEN | SWT.MULTI);
        dialog.setText(Messages.AddFile_title);
        dialog.setFilterPath(remembered(SOURCE));
        List<Path> paths = new ArrayList<>();
        if (dialog.open() != null) {
            remember(SOURCE, dialog.getFilterPath());
            for (String name : dialog.getFileNames()) {
                paths.add(Path.of(dialog.getFilterPath(), name));
            }
        }
        return paths;
    }

    Optional<Path> folderToStore() {
        return directory(SOURCE, Messages.AddFolder_title, Messages.AddFolder_text);
    }

    /** Where to write a file; the dialog itself asks before it names one that is there. */
    Optional<Path> fileToWrite(String name) {
        FileDialog dialog = new FileDialog(shell, SWT.SAVE);
        dialog.setText(Messages.Fetch_title);
        dialog.setFilterPath(remembered(TARGET));
        dialog.setFileName(name);
        dialog.setOverwrite(true);
        Optional<Path> chosen = Optional.ofNullable(dialog.open()).map(Path::of);
        chosen.map(Path::getParent).ifPresent(parent -> remember(TARGET, parent.toString()));
        return chosen;
    }

    /** The folder in which to put what is fetched. */
    Optional<Path> folderToWrite() {
        return directory(TARGET, Messages.Fetch_title, Messages.Fetch_folderText);
    }

    private Optional<Path> directory(String key, String title, String text) {
        DirectoryDialog dialog = new DirectoryDialog(shell);
        dialog.setText(title);
        dialog.setMessage(text);
        dialog.setFilterPath(remembered(key));
        Optional<Path> chosen = Optional.ofNullable(dialog.open()).map(Path::of).filter(Files::isDirectory);
        chosen.ifPresent(path -> remember(key, path.toString()));
        return chosen;
    }

    private static String remembered(String key) {
        String path = settings().get(key);
        return path == null ? System.getProperty("user.home", "") : path; //$NON-NLS-1$ //$NON-NLS-2$
    }

    private static void remember(String key, String path) {
        settings().put(key, path);
    }

    private static IDialogSettings settings() {
        IDialogSettings all = PlatformUI.getDialogSettingsProvider(FrameworkUtil.getBundle(Dialogs.class)).getDialogSettings();
        IDialogSettings files = all.getSection("files"); //$NON-NLS-1$
        return files == null ? all.addNewSection("files") : files; //$NON-NLS-1$
    }
}
