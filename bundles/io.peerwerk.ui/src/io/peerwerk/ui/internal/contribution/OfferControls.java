// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.contribution;

import java.util.function.LongConsumer;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Scale;
import org.eclipse.swt.widgets.Spinner;

import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.SizeUnit;

/** The slider and, for exact figures, the number with its unit. All three always show the same offer. */
final class OfferControls extends Composite {
    private static final SizeUnit[] UNITS = {SizeUnit.MB, SizeUnit.GB, SizeUnit.TB};
    /** The number has one decimal. */
    private static final int TENTHS = 10;

    private final Scale slider;
    private final Spinner number;
    private final Combo unit;
    private final LongConsumer changed;
    private OfferScale scale = new OfferScale(0);
    private long shown = -1;

    /** {@code changed} hears every value that the user passes. */
    OfferControls(Composite parent, LongConsumer changed) {
        super(parent, SWT.NONE);
        this.changed = changed;
        GridLayoutFactory.fillDefaults().numColumns(4).spacing(8, 4).applyTo(this);
        Label label = new Label(this, SWT.NONE);
        label.setText(Messages.Contribution_offer);
        slider = new Scale(this, SWT.HORIZONTAL);
        slider.setMaximum(OfferScale.STEPS);
        slider.setPageIncrement(OfferScale.STEPS / 20);
        slider.setToolTipText(Messages.Contribution_offerTooltip);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).hint(90, SWT.DEFAULT).applyTo(slider);
        number = new Spinner(this, SWT.BORDER);
        number.setValues(0, 0, 1_000_000, 1, TENTHS, 10 * TENTHS);
        number.setToolTipText(Messages.Contribution_offerTooltip);
        unit = new Combo(this, SWT.READ_ONLY);
        for (SizeUnit u : UNITS) {
            unit.add(u.symbol());
        }
        slider.addListener(SWT.Selection, e -> moved(scale.bytes(slider.getSelection())));
        number.addListener(SWT.Selection, e -> moved(typed()));
        unit.addListener(SWT.Selection, e -> moved(typed()));
    }

    private long typed() {
        return number.getSelection() * (UNITS[Math.max(0, unit.getSelectionIndex())].bytes() / TENTHS);
    }

    private void moved(long bytes) {
        display(bytes);
        changed.accept(bytes);
    }

    /** Shows an offer on a scale that ends at {@code most}. */
    void show(long bytes, long most) {
        if (scale.most() != Math.max(most, OfferScale.LEAST)) {
            scale = new OfferScale(most);
            shown = -1;
        }
        if (bytes != shown) {
            display(bytes);
        }
    }

    private void display(long bytes) {
        shown = bytes;
        slider.setSelection(scale.position(bytes));
        if (typed() != bytes || unit.getSelectionIndex() < 0) {
            int index = bytes >= SizeUnit.TB.bytes() ? 2 : bytes >= SizeUnit.GB.bytes() || bytes == 0 ? 1 : 0;
            unit.select(index);
            number.setSelection((int) Math.min(1_000_000, Math.round((double) bytes * TENTHS / UNITS[index].bytes())));
        }
    }
}
