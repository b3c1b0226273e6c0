// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.node;

import java.util.Locale;

/** When the workbench starts its node. */
public enum StartMode {
    /** With the workbench itself, whatever is open. */
    WORKBENCH,
    /** When the first view that needs it opens. */
    VIEW,
    /** When the user says so. */
    MANUAL;

    /** The value in the preferences. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of a value in the preferences; {@link #VIEW} where it is not known. */
    public static StartMode of(String key) {
        for (StartMode mode : values()) {
            if (mode.key().equals(key)) {
                return mode;
            }
        }
        return VIEW;
    }
}
