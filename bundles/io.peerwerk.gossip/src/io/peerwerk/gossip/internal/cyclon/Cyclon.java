// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cyclon;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * One peer's part of the Cyclon protocol, see the package description. A pure state machine: what happens goes in, what
 * is to be done comes out; it knows no clock, thread or network. Not thread-safe.
 */
public final class Cyclon {

    private static final long NONE = -1;

    private final CyclonOptions options;
    private final RandomGenerator random;
    private final View view;
    private final Recall recall;
    /** Who shuffled with us since our last tick; the first {@code heardCount} places are taken. */
    private final @Nullable PeerId[] heard;
    private int heardCount;

    private Contact self;
    private int rounds;

    /** The shuffle under way, if any: its ticket, partner and what was sent. Tickets count up. */
    private long ticket = NONE;
    private long lastTicket;
    private @Nullable Contact partner;
    private List<Entry> sent = List.of();

    public Cyclon(Contact self, CyclonOptions options, RandomGenerator random) {
        this.self = self;
        this.options = options;
        this.random = random;
        this.view = new View(options.viewSize());
        this.recall = new Recall(options.recallSize(), random);
        this.heard = new PeerId[options.shufflesTaken()];
    }

    /** Takes in what happened and gives what is to be done, in order. */
    public List<CyclonAction> handle(CyclonInput input) {
        return switch (input) {
            case CyclonInput.Tick() -> startRound();
            case CyclonInput.Received(PeerId from, List<Entry> entries, long asked) -> answer(from, entries, asked);
            case CyclonInput.Answered(long answered, List<Entry> entries) -> finish(answered, entries);
            case CyclonInput.Failed(long failed) -> fail(failed);
            case CyclonInput.Seed(Contact contact) -> seed(contact);
            case CyclonInput.Drop(PeerId peer) -> drop(peer);
            case CyclonInput.Moved(List<Multiaddr> addresses) -> {
                self = new Contact(self.id(), addresses);
                yield List.of();
            }
        };
    }

    /** The present neighbours in no particular order. */
    public List<Contact> view() {
        List<Contact> contacts = new ArrayList<>(view.size());
        for (int i = 0; i < view.size(); i++) {
            contacts.add(view.contact(i));
        }
        return contacts;
    }

    private List<CyclonAction> startRound() {
        heardCount = 0;
        rounds++;
        view.age();
        fail(ticket); // a shuffle still under way has taken a whole round: too long
        var wake = new CyclonAction.Wake(jittered(options.periodMillis()));
        Contact chosen = choosePartner();
        if (chosen == null) {
            return List.of(wake);
        }
        List<Entry> entries = view.sample(options.shuffleLength() - 1, random);
        sent = List.copyOf(entries);
        entries.add(0, new Entry(self, 0));
        partner = chosen;
        ticket = ++lastTicket;
        return List.of(new CyclonAction.Ask(chosen, Collections.unmodifiableList(entries), ticket), wake);
    }

    /** The oldest neighbour, which leaves the view; now and then a peer heard of long ago instead. */
    private @Nullable Contact choosePartner() {
        if (options.recallEvery() > 0 && rounds % options.recallEvery() == 0) {
            Contact recalled = recall.draw(random);
            if (recalled != null && !view.contains(recalled.id())) {
                return recalled;
            }
        }
        return view.size() == 0 ? recall.draw(random) : view.remove(view.oldest());
    }

    private List<CyclonAction> answer(PeerId from, List<Entry> entries, long asked) {
        if (hasHeard(from)) {
            return List.of(new CyclonAction.Refuse(asked, "a second shuffle within one round"));
        }
        List<Entry> answer = view.sample(options.shuffleLength(), random);
        if (heardCount < heard.length) {
            heard[heardCount++] = from;
            merge(entries, answer);
        } // else a crowd: we give, so that a newcomer is not left without neighbours, but take nothing
        return List.of(new CyclonAction.Answer(asked, Collections.unmodifiableList(answer)));
    }

    private boolean hasHeard(PeerId from) {
        for (int i = 0; i < heardCount; i++) {
            if (from.equals(heard[i])) {
                return true;
            }
        }
        return false;
    }

    private List<CyclonAction> finish(long answered, List<Entry> entries) {
        Contact from = partner;
        if (answered == ticket && from != null) {
            List<Entry> away = sent;
            endShuffle();
            merge(entries, away);
            recall.offer(from);
        }
        return List.of();
    }

    private List<CyclonAction> fail(long failed) {
        Contact from = partner;
        if (failed == ticket && from != null) {
            endShuffle();
            recall.forget(from.id());
            if (view.size() == 0) {
                view.add(from, 0); // the last one we know: who knows nobody must not forget it too
            }
        }
        return List.of();
    }

    private void endShuffle() {
        ticket = NONE;
        partner = null;
        sent = List.of();
    }

    /** Takes received entries into empty places first, then into the places of those that were sent away. */
    private void merge(List<Entry> received, List<Entry> sentAway) {
        int nextAway = 0;
        int taken = Math.min(received.size(), options.shuffleLength());
        for (int i = 0; i < taken; i++) {
            Entry entry = received.get(i);
            if (entry.id().equals(self.id())) {
                continue;
            }
            recall.offer(entry.contact());
            if (view.contains(entry.id())) {
                continue;
            }
            if (!view.isFull()) {
                view.add(entry.contact(), entry.age());
                continue;
            }
            while (nextAway < sentAway.size()) {
                int place = view.indexOf(sentAway.get(nextAway++).id());
                if (place != View.ABSENT) {
                    view.replace(place, entry.contact(), entry.age());
                    break;
                }
            }
        }
    }

    private List<CyclonAction> seed(Contact contact) {
        if (!contact.id().equals(self.id())) {
            recall.offer(contact);
            if (!view.isFull() && !view.contains(contact.id())) {
                view.add(contact, 0);
            }
        }
        return List.of();
    }

    private List<CyclonAction> drop(PeerId peer) {
        view.remove(peer);
        recall.forget(peer);
        return List.of();
    }

    /** Between 90% and 110%, so that the peers do not fall into step. */
    private long jittered(long millis) {
        long tenth = millis / 10;
        return millis - tenth + (tenth == 0 ? 0 : random.nextLong(2 * tenth + 1));
    }
}
