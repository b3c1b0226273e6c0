// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.widgets;

import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Control;

import io.peerwerk.ui.PeerwerkUi;

/** Our icons, as images that live as long as the control they are made for. */
public final class Icons {
    private final LocalResourceManager images;

    public Icons(Control owner) {
        images = new LocalResourceManager(JFaceResources.getResources(), owner);
    }

    /** The image of {@code icons/NAME.svg}; a placeholder where the icon cannot be read. */
    public Image get(String name) {
        return images.get(descriptor(name));
    }

    /** The same for actions and titles. */
    public static ImageDescriptor descriptor(String name) {
        return ResourceLocator.imageDescriptorFromBundle(PeerwerkUi.BUNDLE, "icons/" + name + ".svg") //$NON-NLS-1$ //$NON-NLS-2$
                .orElse(ImageDescriptor.getMissingImageDescriptor());
    }
}
