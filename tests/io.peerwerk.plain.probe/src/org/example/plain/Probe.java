// SPDX-License-Identifier: EPL-2.0
package org.example.plain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IPerspectiveDescriptor;
import org.eclipse.ui.IStartup;
import org.eclipse.ui.IViewReference;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.WorkbenchException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * Writes what is in the workbench to a file and closes it: the perspectives there are, the one that is open with its
 * views, the bundles and whether they run. The system property {@code probe.report} names the file, {@code probe.open} a
 * perspective to open first, {@code probe.service} an OSGi service to wait for, {@code probe.picture} a file for a picture
 * of the window.
 */
public final class Probe implements IStartup {
    private static final int LOOK_EVERY_MILLIS = 250;
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    /** What was asked for may be there before it is painted. */
    private static final int PAINT_MILLIS = 3_000;

    private final long end = System.nanoTime() + PATIENCE_NANOS;

    @Override
    public void earlyStartup() {
        if (System.getProperty("probe.report") != null) {
            Display display = PlatformUI.getWorkbench().getDisplay();
            display.asyncExec(() -> {
                open();
                look(display);
            });
        }
    }

    /** As a user does with Window, Perspective, Open Perspective. */
    private static void open() {
        String wanted = System.getProperty("probe.open");
        if (wanted == null) {
            return;
        }
        try {
            PlatformUI.getWorkbench().showPerspective(wanted, PlatformUI.getWorkbench().getActiveWorkbenchWindow());
        } catch (WorkbenchException e) {
            e.printStackTrace(); // and the report shows what is open instead
        }
    }

    private void look(Display display) {
        boolean ready = page() != null && serviceIsThere();
        if (!ready && System.nanoTime() < end) {
            display.timerExec(LOOK_EVERY_MILLIS, () -> look(display));
        } else {
            display.timerExec(PAINT_MILLIS, this::report);
        }
    }

    private static IWorkbenchPage page() {
        IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
        return window == null ? null : window.getActivePage();
    }

    private static BundleContext context() {
        return FrameworkUtil.getBundle(Probe.class).getBundleContext();
    }

    private static boolean serviceIsThere() {
        String service = System.getProperty("probe.service");
        return service == null || context().getServiceReference(service) != null;
    }

    private void report() {
        try {
            write();
        } catch (IOException e) {
            e.printStackTrace();
        } finally {
            PlatformUI.getWorkbench().close();
        }
    }

    private static void write() throws IOException {
        Properties report = new Properties();
        report.setProperty("perspectives", Arrays.stream(PlatformUI.getWorkbench().getPerspectiveRegistry().getPerspectives())
                .map(IPerspectiveDescriptor::getId).collect(Collectors.joining(" ")));
        IWorkbenchPage page = page();
        if (page != null && page.getPerspective() != null) {
            report.setProperty("open", page.getPerspective().getId());
            report.setProperty("views", Arrays.stream(page.getViewReferences()).filter(view -> view.getView(false) != null)
                    .map(IViewReference::getId).collect(Collectors.joining(" ")));
        }
        report.setProperty("service", Boolean.toString(serviceIsThere()));
        report.setProperty("bundles", bundles(Bundle.INSTALLED, Bundle.RESOLVED, Bundle.STARTING, Bundle.ACTIVE));
        report.setProperty("active", bundles(Bundle.ACTIVE));
        report.setProperty("unresolved", bundles(Bundle.INSTALLED));
        picture();
        try (var out = Files.newOutputStream(Path.of(System.getProperty("probe.report")))) {
            report.store(out, null);
        }
    }

    private static String bundles(Integer... states) {
        List<Integer> wanted = List.of(states);
        return Arrays.stream(context().getBundles()).filter(bundle -> wanted.contains(bundle.getState()))
                .map(Bundle::getSymbolicName).collect(Collectors.joining(" "));
    }

    private static void picture() {
        String file = System.getProperty("probe.picture");
        if (file == null || page() == null) {
            return;
        }
        Shell shell = page().getWorkbenchWindow().getShell();
        Rectangle bounds = shell.getBounds();
        GC screen = new GC(shell.getDisplay());
        Image image = new Image(shell.getDisplay(), bounds.width, bounds.height);
        screen.copyArea(image, bounds.x, bounds.y);
        ImageLoader loader = new ImageLoader();
        loader.data = new ImageData[] {image.getImageData()};
        loader.save(file, SWT.IMAGE_PNG);
        image.dispose();
        screen.dispose();
    }
}
