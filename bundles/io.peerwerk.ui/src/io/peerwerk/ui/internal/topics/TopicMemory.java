// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.topics;

import java.util.Collection;
import java.util.List;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.osgi.service.prefs.BackingStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.node.NodePreferences;

/** Remembers from one day to the next which topics the user is subscribed to. */
interface TopicMemory {
    List<String> read();

    void write(Collection<String> topics);

    /** In the preferences of the workspace, a line for each. */
    final class OfWorkspace implements TopicMemory {
        private static final Logger LOG = LoggerFactory.getLogger(TopicMemory.class);
        private static final String KEY = "topics"; //$NON-NLS-1$

        @Override
        public List<String> read() {
            return NodePreferences.lines(InstanceScope.INSTANCE.getNode(PeerwerkUi.BUNDLE).get(KEY, "")); //$NON-NLS-1$
        }

        @Override
        public void write(Collection<String> topics) {
            var node = InstanceScope.INSTANCE.getNode(PeerwerkUi.BUNDLE);
            node.put(KEY, String.join("\n", topics)); //$NON-NLS-1$
            try {
                node.flush();
            } catch (BackingStoreException e) {
                LOG.warn("the topics could not be saved in the preferences", e);
            }
        }
    }
}
