// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** What every module relies on: its bundle resolves, and the runtimes of components and configurations are there. */
class ComponentRuntimeTest {

    private final Bundle here = FrameworkUtil.getBundle(ComponentRuntimeTest.class);

    @Test
    void everyBundleOfOursIsResolved() {
        List<String> unresolved = Arrays.stream(here.getBundleContext().getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("io.peerwerk."))
                .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
                .map(Bundle::getSymbolicName)
                .toList();
        assertEquals(List.of(), unresolved);
    }

    @Test
    void componentsAndConfigurationsAreServed() {
        assertNotNull(here.getBundleContext().getServiceReference(ServiceComponentRuntime.class));
        assertNotNull(here.getBundleContext().getServiceReference(ConfigurationAdmin.class));
    }
}
