// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.preferences;

import org.eclipse.jface.preference.StringFieldEditor;
import org.eclipse.swt.widgets.Composite;
import org.jspecify.annotations.Nullable;

import io.peerwerk.ui.internal.model.Figures;

/** A text that means something, or is empty for no limit; what is wrong with it is said as one types. */
final class CheckedField extends StringFieldEditor {
    /** What the text means; throws an {@link IllegalArgumentException} with a sentence for the user. */
    @FunctionalInterface
    interface Meaning {
        void check(String text);
    }

    private static final int CHARACTERS = 16;

    private final Meaning meaning;
    private @Nullable String problem;

    /** @param whenEmpty what is meant by nothing, shown in its place */
    CheckedField(String name, String label, String whenEmpty, Meaning meaning, Composite parent) {
        super(name, label, CHARACTERS, VALIDATE_ON_KEY_STROKE, parent);
        this.meaning = meaning;
        getTextControl(parent).setMessage(whenEmpty);
    }

    @Override
    protected boolean doCheckState() {
        try {
            meaning.check(getStringValue());
            problem = null;
        } catch (IllegalArgumentException e) {
            problem = Figures.sentence(e.getMessage());
            setErrorMessage(problem);
        }
        return problem == null;
    }

    /** What is wrong with the text, null where nothing is. */
    @Nullable String problem() {
        return problem;
    }
}
