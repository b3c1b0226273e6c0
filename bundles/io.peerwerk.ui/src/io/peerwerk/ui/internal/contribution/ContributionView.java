// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.contribution;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.statushandlers.StatusManager;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.PeerwerkView;
import io.peerwerk.ui.internal.contribution.ContributionModel.Given;
import io.peerwerk.ui.internal.contribution.ContributionModel.Taken;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.node.WorkbenchNode;
import io.peerwerk.ui.internal.widgets.Palette;
import io.peerwerk.ui.internal.widgets.SortableTable;

/** How much of this disk is offered to others, what they use of it, and what the user takes in return. */
public final class ContributionView extends PeerwerkView implements ContributionPresenter.View {
    /** A line of the table that tells the same as the picture. */
    record Fact(int order, String what, String value) {
    }

    private Composite content;
    private OfferBar bar;
    private OfferControls controls;
    private Label warning;
    private SortableTable<Fact> facts;
    private @Nullable ContributionPresenter presenter;
    private @Nullable Given given;

    public ContributionView() {
        super("contribution-large"); //$NON-NLS-1$
    }

    @Override
    protected Control createContent(Composite parent, @Nullable IMemento remembered) {
        content = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(12, 10).spacing(0, 8).applyTo(content);
        bar = new OfferBar(content);
        controls = new OfferControls(content, this::moved);
        warning = new Label(content, SWT.WRAP);
        warning.setForeground(Palette.of(content).bad());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(controls);
        GridDataFactory.fillDefaults().exclude(true).applyTo(warning);
        facts = new SortableTable<>(content, SWT.SINGLE, Fact.class, Fact::what);
        facts.column(Messages.Column_what, 260, Fact::what, f -> null, Fact::value, Comparator.comparing(Fact::order))
                .column(Messages.Column_value, 180, Fact::value, f -> null, Fact::value, Comparator.comparing(Fact::value));
        facts.restore(remembered);
        GridDataFactory.fillDefaults().grab(true, true).hint(SWT.DEFAULT, 120).applyTo(facts.viewer().getControl());
        contextMenu(facts.viewer());
        return content;
    }

    private void moved(long bytes) {
        if (presenter != null) {
            presenter.offer(bytes);
        }
    }

    @Override
    protected Registration present(WorkbenchNode source, Executor background, UiThread thread) {
        ContributionPresenter begun = new ContributionPresenter(source, this, background, thread);
        presenter = begun;
        return begun;
    }

    @Override
    public void show(ContributionModel model) {
        if (content.isDisposed()) {
            return;
        }
        show(model.notice());
        Given now = model.given();
        given = now;
        if (now != null) {
            show(now, model.taken());
        }
    }

    private void show(Given now, Taken taken) {
        bar.show(now);
        long offer = presenter == null ? now.offered() : presenter.wish().orElse(now.offered());
        controls.show(offer, now.most());
        facts.show(facts(now, taken));
        warn(now);
    }

    private void warn(Given given) {
        String said = given.overdrawn() ? Messages.Contribution_overdrawn
                : given.beyondDisk() ? NLS.bind(Messages.Contribution_beyondDisk, Figures.size(given.diskFree())) : ""; //$NON-NLS-1$
        if (!said.equals(warning.getText())) {
            warning.setText(said);
            boolean shown = !said.isEmpty();
            warning.setVisible(shown);
            GridDataFactory.fillDefaults().grab(true, false).exclude(!shown).applyTo(warning);
            content.layout();
        }
    }

    private static List<Fact> facts(Given given, Taken taken) {
        List<Fact> facts = new ArrayList<>();
        add(facts, Messages.Fact_offered, Figures.size(given.offered()));
        add(facts, Messages.Fact_used, Figures.size(given.used()));
        add(facts, Messages.Fact_blocks, Figures.count(given.blocks()));
        add(facts, Messages.Fact_objects, Figures.count(given.objects()));
        add(facts, Messages.Fact_mine, NLS.bind(Messages.Fact_mineValue, Figures.count(taken.items()), Figures.size(taken.bytes())));
        add(facts, Messages.Fact_shards, Figures.size(taken.shardBytes()));
        add(facts, Messages.Fact_repairs, Figures.count(given.repairsRunning()));
        add(facts, Messages.Fact_restored, NLS.bind(Messages.Fact_restoredValue, Figures.count(given.shardsRestored()),
                Figures.count(given.chunksRepaired())));
        Instant last = given.lastRepair();
        add(facts, Messages.Fact_lastRepair, last == null ? Messages.Figures_none
                : Figures.ago(last, Instant.now(), ZoneId.systemDefault()));
        return facts;
    }

    private static void add(List<Fact> facts, String what, String value) {
        facts.add(new Fact(facts.size(), what, value));
    }

    @Override
    public void refused(String reason) {
        StatusManager.getManager().handle(new Status(IStatus.ERROR, PeerwerkUi.BUNDLE,
                NLS.bind(Messages.Contribution_refused, reason)), StatusManager.SHOW);
    }

    @Override
    public void saveState(IMemento memento) {
        facts.save(memento);
    }

    /** The figures shown; nothing while there is a notice in their place. */
    public Optional<Given> given() {
        return Optional.ofNullable(given);
    }
}
