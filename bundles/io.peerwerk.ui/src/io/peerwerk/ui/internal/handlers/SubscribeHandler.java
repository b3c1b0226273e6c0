// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.osgi.util.NLS;

import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.topics.Topics;
import io.peerwerk.ui.internal.topics.TopicsView;

/** Subscribes to a topic and shows the view in which its messages appear. */
public final class SubscribeHandler extends NodeHandler {
    @Override
    protected void run(ExecutionEvent event) throws ExecutionException {
        String topic = event.getParameter(PeerwerkUi.TOPIC);
        if (topic == null) {
            InputDialog dialog = new InputDialog(shell(event), Messages.Subscribe_title, Messages.Subscribe_text, "", //$NON-NLS-1$
                    text -> text.isBlank() ? "" : Topics.problem(text.strip())); //$NON-NLS-1$
            if (dialog.open() != Window.OK) {
                return;
            }
            topic = dialog.getValue();
        }
        service(event, Topics.class).subscribe(topic.strip());
        open(event, PeerwerkUi.TOPICS_VIEW, TopicsView.class);
        say(event, NLS.bind(Messages.Subscribe_done, topic.strip()));
    }
}
