// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;

import org.eclipse.core.runtime.Platform;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.osgi.service.datalocation.Location;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;

import io.peerwerk.node.NodeSettings;
import io.peerwerk.ui.internal.node.NodePreferences;
import io.peerwerk.ui.internal.product.PeerwerkWorkbenchAdvisor;

/**
 * The application of the workbench product: opens the Eclipse workbench and returns when its last window closes. The
 * workspace, which holds the layout and the preferences, is what {@code -data} or the start script names, else a folder
 * in the node's home.
 */
public final class WorkbenchApplication implements IApplication {
    /** Files of simulations are drawn with AWT, which then brings up no user interface of its own beside SWT's. */
    private static final String HEADLESS = "java.awt.headless"; //$NON-NLS-1$
    private static final String WORKSPACE = "workbench"; //$NON-NLS-1$

    @Override
    public Object start(IApplicationContext context) throws IOException {
        if (System.getProperty(HEADLESS) == null) {
            System.setProperty(HEADLESS, "true"); //$NON-NLS-1$
        }
        Display display = PlatformUI.createDisplay();
        try {
            if (!lockWorkspace(display)) {
                return EXIT_OK;
            }
            int code = PlatformUI.createAndRunWorkbench(display, new PeerwerkWorkbenchAdvisor());
            return code == PlatformUI.RETURN_RESTART ? EXIT_RESTART : EXIT_OK;
        } finally {
            display.dispose();
        }
    }

    /** Two workbenches on one workspace would overwrite each other's layout and preferences. */
    private static boolean lockWorkspace(Display display) throws IOException {
        Location location = Platform.getInstanceLocation();
        boolean locked = location.isSet() ? location.lock() : location.set(workspace(location), true);
        if (!locked) {
            MessageDialog.openError(display.getActiveShell(), Messages.Workspace_title,
                    NLS.bind(Messages.Workspace_locked, location.getURL().getPath()));
        }
        return locked;
    }

    private static URL workspace(Location location) throws IOException {
        if (location.getDefault() != null) {
            return location.getDefault();
        }
        String home = System.getProperty(NodePreferences.HOME_PROPERTY, NodeSettings.defaultHome().toString());
        return Path.of(home).toAbsolutePath().resolve(WORKSPACE).toUri().toURL();
    }

    @Override
    public void stop() {
        if (PlatformUI.isWorkbenchRunning()) {
            var workbench = PlatformUI.getWorkbench();
            workbench.getDisplay().asyncExec(workbench::close);
        }
    }
}
