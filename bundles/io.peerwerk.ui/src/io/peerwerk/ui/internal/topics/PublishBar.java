// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.topics;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

import io.peerwerk.pubsub.PubSub;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.widgets.Palette;

/** A topic, a line of text, and the button that publishes it; under them what has come of the last one. */
final class PublishBar extends Composite {
    private static final int TOPIC_WIDTH = 110;

    private final BiConsumer<String, String> publish;
    private final Combo topic;
    private final Text text;
    private final Button button;
    private final Label outcome;

    /** {@code publish} hears the topic and the text. */
    PublishBar(Composite parent, BiConsumer<String, String> publish) {
        super(parent, SWT.NONE);
        this.publish = publish;
        GridLayoutFactory.fillDefaults().numColumns(3).spacing(6, 2).applyTo(this);
        topic = new Combo(this, SWT.DROP_DOWN);
        topic.setTextLimit(PubSub.MAX_TOPIC);
        topic.setToolTipText(Messages.Publish_topicTooltip);
        topic.addListener(SWT.Modify, e -> enable());
        GridDataFactory.fillDefaults().hint(TOPIC_WIDTH, SWT.DEFAULT).align(SWT.FILL, SWT.CENTER).applyTo(topic);
        text = new Text(this, SWT.BORDER);
        text.setMessage(Messages.Publish_hint);
        text.addListener(SWT.Modify, e -> enable());
        text.addListener(SWT.DefaultSelection, e -> send());
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(text);
        button = new Button(this, SWT.PUSH);
        button.setText(Messages.Publish_button);
        button.addListener(SWT.Selection, e -> send());
        outcome = new Label(this, SWT.NONE);
        outcome.setForeground(Palette.of(this).muted());
        GridDataFactory.fillDefaults().span(3, 1).grab(true, false).applyTo(outcome);
        enable();
    }

    private boolean complete() {
        return !topic.getText().isBlank() && !text.getText().isEmpty();
    }

    private void enable() {
        button.setEnabled(complete());
    }

    private void send() {
        if (complete()) {
            publish.accept(topic.getText().strip(), text.getText());
        }
    }

    /** Publishes this, as when it is typed here. */
    void publish(String under, String line) {
        topic.setText(under);
        text.setText(line);
        send();
    }

    /** Offers these topics; what is chosen or typed stays. */
    void offer(List<String> topics) {
        if (!topics.equals(Arrays.asList(topic.getItems()))) {
            String chosen = topic.getText();
            topic.setItems(topics.toArray(String[]::new));
            topic.setText(chosen);
        }
        if (topic.getText().isEmpty() && !topics.isEmpty() && !topic.isFocusControl()) {
            topic.setText(topics.getFirst());
        }
    }

    /** Turns to this topic. */
    void choose(String name) {
        topic.setText(name);
    }

    /** The text went out; another one that was begun meanwhile stays. */
    void published(String line, String said) {
        if (text.getText().equals(line)) {
            text.setText(""); //$NON-NLS-1$
        }
        say(said);
    }

    void say(String said) {
        outcome.setText(said.replace("&", "&&")); //$NON-NLS-1$ //$NON-NLS-2$
    }

    /** What has come of the last one. */
    String outcome() {
        return outcome.getText().replace("&&", "&"); //$NON-NLS-1$ //$NON-NLS-2$
    }

    @Override
    public boolean setFocus() {
        return text.setFocus();
    }
}
