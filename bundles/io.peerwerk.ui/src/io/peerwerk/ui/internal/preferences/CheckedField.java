// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.preferences;

import org.eclipse.jface.preference.StringFieldEditor;
import org.eclipse.swt.widgets.Composite;

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
            return true;
        } catch (IllegalArgumentException e) {
            setErrorMessage(Figures.sentence(e.getMessage()));
            return false;
        }
    }
}
