// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.widgets;

import java.util.function.Supplier;

import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.widgets.Control;

/** What a screen reader says of a control whose label it would not find, or that is painted. */
public final class AccessibleName {
    private AccessibleName() {
    }

    /** {@code name} is asked each time; a mnemonic or colon of a label is left out. */
    public static void give(Control control, Supplier<String> name) {
        control.getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent e) {
                e.result = plain(name.get());
            }
        });
    }

    /** A label without mnemonic and colon. */
    public static String plain(String label) {
        String text = label.replace("&", ""); //$NON-NLS-1$ //$NON-NLS-2$
        return text.endsWith(":") ? text.substring(0, text.length() - 1) : text; //$NON-NLS-1$
    }
}
