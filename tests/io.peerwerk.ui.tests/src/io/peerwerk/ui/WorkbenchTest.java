// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.Test;

/** The workbench that the product opens. */
class WorkbenchTest {

    @Test
    void itOpensInItsPerspective() {
        assertTrue(PlatformUI.isWorkbenchRunning());
        var page = PlatformUI.getWorkbench().getActiveWorkbenchWindow().getActivePage();
        assertEquals("io.peerwerk.ui.perspective", page.getPerspective().getId());
    }
}
