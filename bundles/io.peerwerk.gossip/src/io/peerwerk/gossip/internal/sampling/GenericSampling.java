// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.sampling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.internal.cycle.Callers;
import io.peerwerk.gossip.internal.cycle.CycleAction;
import io.peerwerk.gossip.internal.cycle.CycleInput;
import io.peerwerk.gossip.internal.cycle.Jitter;
import io.peerwerk.gossip.internal.cyclon.Entry;
import io.peerwerk.gossip.internal.cyclon.Recall;
import io.peerwerk.gossip.internal.sampling.SamplingOptions.Exchange;
import io.peerwerk.gossip.internal.sampling.SamplingOptions.Guard;
import io.peerwerk.gossip.internal.wire.Contact;

/** One peer's part of the generic peer-sampling framework, with or without its guard; see the package description. */
public final class GenericSampling implements PeerSampler<SamplingMessage> {

    private static final long NONE = -1;

    /** Requests of a cycle that are taken without a guard. */
    private static final int CROWD = 32;

    private final SamplingOptions options;
    private final RandomGenerator random;
    private final @Nullable Guard guard;
    private final View view;
    private final Recall recall;
    /** The last to have asked, and those of this cycle, who wait for its end. */
    private final List<Known> direct = new ArrayList<>();
    private final List<Contact> asking = new ArrayList<>();
    private final Callers callers;
    private boolean crowded;

    private Contact self;
    private int cycle;
    private long ticket = NONE;
    private long lastTicket;
    private @Nullable Contact partner;

    public GenericSampling(Contact self, SamplingOptions options, RandomGenerator random) {
        this.self = self;
        this.options = options;
        this.random = random;
        this.guard = options.guard().orElse(null);
        this.view = new View(options, random);
        this.recall = new Recall(guard == null ? 0 : guard.recalled(), random);
        this.callers = new Callers(guard == null ? CROWD : guard.requestsTaken());
    }

    @Override
    public List<CycleAction<SamplingMessage>> handle(CycleInput<SamplingMessage> input) {
        return switch (input) {
            case CycleInput.Tick<SamplingMessage> tick -> startCycle();
            case CycleInput.Received<SamplingMessage>(PeerId from, SamplingMessage message, long asked) ->
                    List.of(answer(from, message, asked));
            case CycleInput.Answered<SamplingMessage>(long answered, SamplingMessage message, long nanos) -> {
                if (answered == ticket) {
                    endExchange();
                    take(message.entries());
                }
                yield List.of();
            }
            case CycleInput.Failed<SamplingMessage>(long failed) -> {
                fail(failed);
                yield List.of();
            }
        };
    }

    private List<CycleAction<SamplingMessage>> startCycle() {
        fail(ticket); // an exchange still under way has taken a whole cycle: too long
        cycle++;
        view.age();
        takeThoseWhoAsked();
        var wake = new CycleAction.Wake<SamplingMessage>(Jitter.around(options.periodMillis(), random));
        Contact chosen = choosePartner();
        if (chosen == null) {
            return List.of(wake);
        }
        partner = chosen;
        ticket = ++lastTicket;
        var request = new SamplingMessage(buffer(), options.exchange() == Exchange.PUSH_PULL);
        return List.of(new CycleAction.Ask<>(chosen, request, ticket), wake);
    }

    private void takeThoseWhoAsked() {
        callers.clear();
        if (guard != null && !crowded) {
            for (Contact contact : asking) {
                direct.removeIf(other -> other.id().equals(contact.id()));
                direct.add(new Known(contact, cycle));
            }
            direct.sort(Comparator.comparingInt(Known::born));
            direct.subList(0, Math.max(0, direct.size() - guard.direct())).clear();
        }
        asking.clear();
        crowded = false;
    }

    private @Nullable Contact choosePartner() {
        Contact chosen = switch (guard == null ? 0 : cycle % 4) {
            case 1, 3 -> recall.draw(random);
            case 2 -> direct.isEmpty() ? null : direct.get(random.nextInt(direct.size())).contact();
            default -> view.choose();
        };
        if (chosen == null) {
            chosen = view.choose();
        }
        return chosen != null || direct.isEmpty() ? chosen : direct.getLast().contact();
    }

    /**
     * This peer itself and a part of its view. With a guard those who asked it come first: it knows of them first-hand,
     * so what one peer makes others believe does not go on from view to view.
     */
    private List<Entry> buffer() {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry(self, 0));
        if (guard != null) {
            Collections.shuffle(direct, random);
            direct.forEach(known -> entries.add(new Entry(known.contact(), known.age(cycle))));
        }
        List<Entry> head = view.head();
        int room = options.viewSize() - entries.size();
        entries.addAll(guard == null ? head : head.subList(0, Math.clamp(room, 0, head.size())));
        return entries;
    }

    private CycleAction<SamplingMessage> answer(PeerId from, SamplingMessage message, long asked) {
        // The answer first: what it sends of the view comes to stand where the rules want it.
        var answer = new SamplingMessage(message.pull() ? buffer() : List.of(), false);
        boolean again = callers.contains(from);
        boolean room = !again && callers.add(from);
        crowded |= !again && !room;
        if (guard != null) {
            message.entries().stream().map(Entry::contact).filter(contact -> contact.id().equals(from)).findFirst()
                    .filter(contact -> room).ifPresent(asking::add);
            message.entries().forEach(this::hear);
        } else if (room) {
            take(message.entries());
        } // else we give, so that a newcomer is not left without neighbours, but take nothing
        return new CycleAction.Answer<>(asked, answer);
    }

    private void hear(Entry entry) {
        if (!entry.contact().id().equals(self.id())) {
            recall.offer(entry.contact());
        }
    }

    /** Not more than an honest peer sends of one view. */
    private void take(List<Entry> received) {
        List<Entry> others = new ArrayList<>(received);
        others.removeIf(entry -> entry.contact().id().equals(self.id()));
        others.forEach(this::hear);
        if (guard != null) {
            Collections.shuffle(others, random);
        }
        view.select(others.subList(0, Math.min(others.size(), options.viewSize() / 2)));
    }

    private void endExchange() {
        ticket = NONE;
        partner = null;
    }

    private void fail(long failed) {
        Contact from = partner;
        if (failed == ticket && from != null) {
            endExchange();
            if (view().size() > 1) { // who knows nobody else must not forget the last one
                drop(from.id());
            }
        }
    }

    @Override
    public List<Contact> view() {
        if (guard == null) {
            return view.contacts();
        }
        Map<PeerId, Contact> all = new LinkedHashMap<>();
        view.contacts().forEach(contact -> all.put(contact.id(), contact));
        direct.forEach(known -> all.putIfAbsent(known.id(), known.contact()));
        recall.kept().forEach(contact -> all.putIfAbsent(contact.id(), contact));
        return List.copyOf(all.values());
    }

    @Override
    public void seed(Contact contact) {
        if (!contact.id().equals(self.id())) {
            recall.offer(contact);
            view.seed(contact);
        }
    }

    @Override
    public void drop(PeerId peer) {
        view.drop(peer);
        recall.forget(peer);
        direct.removeIf(known -> known.id().equals(peer));
        asking.removeIf(contact -> contact.id().equals(peer));
    }

    @Override
    public void moved(List<Multiaddr> addresses) {
        self = new Contact(self.id(), addresses);
    }
}
