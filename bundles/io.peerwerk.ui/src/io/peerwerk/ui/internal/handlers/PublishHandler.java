// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;

import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.topics.TopicsView;

/** Publishes a line of text in the Topics view; without parameters, its field waits for one. */
public final class PublishHandler extends NodeHandler {
    @Override
    protected void run(ExecutionEvent event) throws ExecutionException {
        TopicsView view = open(event, PeerwerkUi.TOPICS_VIEW, TopicsView.class);
        String topic = event.getParameter(PeerwerkUi.TOPIC);
        String text = event.getParameter(PeerwerkUi.TEXT);
        if (topic != null && text != null) {
            view.publish(topic, text);
        }
    }
}
