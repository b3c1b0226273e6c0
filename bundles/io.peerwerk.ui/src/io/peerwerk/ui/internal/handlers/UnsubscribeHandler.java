// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.io.IOException;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.handlers.HandlerUtil;

import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.topics.Topics;
import io.peerwerk.ui.internal.topics.TopicsModel.Bond;
import io.peerwerk.ui.internal.topics.TopicsModel.Topic;

/** Ends the subscription to the selected topic. */
public final class UnsubscribeHandler extends NodeHandler {
    @Override
    protected void run(ExecutionEvent event) throws ExecutionException, IOException {
        if (HandlerUtil.getCurrentStructuredSelection(event).getFirstElement() instanceof Topic topic) {
            if (topic.bond() != Bond.SUBSCRIBED) {
                throw new IOException(topic.bond() == Bond.ELSEWHERE ? Messages.Topic_elsewhereText : Messages.Topic_publishedText);
            }
            service(event, Topics.class).unsubscribe(topic.name());
            say(event, NLS.bind(Messages.Unsubscribe_done, topic.name()));
        }
    }
}
