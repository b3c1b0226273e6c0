// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.newscast;

import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * What the numbers in the views of one node stand for: 0 is itself, the others are the contacts of its view, of the
 * message that is read, and of those who have sent it or are asked. There are never more.
 */
final class Numbers {

    static final int SELF = 0;

    private final int viewSize;
    private final @Nullable Contact[] contacts;
    /** Of their ids: most others are told apart without a look at them. */
    private final int[] hashes;

    Numbers(Contact self, int viewSize) {
        this.viewSize = viewSize;
        this.contacts = new Contact[2 * viewSize + 3];
        this.hashes = new int[contacts.length];
        put(SELF, self);
    }

    Contact contact(int number) {
        Contact contact = contacts[number];
        if (contact == null) {
            throw new IllegalStateException("nobody has the number " + number);
        }
        return contact;
    }

    /** This peer itself is now reached at other addresses. */
    void selfIsAt(List<Multiaddr> addresses) {
        contacts[SELF] = new Contact(contact(SELF).id(), addresses);
    }

    /** The number of a peer, or {@link View#NOBODY}. */
    int find(PeerId peer) {
        int hash = peer.hashCode();
        for (int number = 0; number < contacts.length; number++) {
            Contact known = contacts[number];
            if (hashes[number] == hash && known != null && known.id().equals(peer)) {
                return number;
            }
        }
        return View.NOBODY;
    }

    private void put(int number, Contact contact) {
        contacts[number] = contact;
        hashes[number] = contact.id().hashCode();
    }

    /** The number of a contact, a new one if it had none. */
    int of(Contact contact) {
        int number = find(contact.id());
        if (number != View.NOBODY) {
            return number;
        }
        for (int free = 0; free < contacts.length; free++) {
            if (contacts[free] == null) {
                put(free, contact);
                return free;
            }
        }
        throw new IllegalStateException("more contacts than a view and a message hold");
    }

    /**
     * Makes a view of what a stranger sent: in the order of ages whatever it says, nobody twice, not the stranger, and as
     * many as a view holds. We may be in it; an exchange passes over that. Of a peer that we know already the addresses
     * of the fresher entry count, and a sender's own count in any case.
     *
     * @param ours the view that we have
     * @return the number of the sender
     */
    int read(List<News> news, PeerId from, View ours, View into) {
        int sender = sender(news, from);
        into.clear();
        news.stream().filter(one -> !one.contact().id().equals(from)).limit(viewSize)
                .sorted(Comparator.comparingInt(News::age)) // stable: an honest sender's order stays as it is
                .forEach(one -> {
                    int number = of(one.contact());
                    if (!into.contains(number)) {
                        into.append(number, one.age());
                        if (number != SELF && one.age() < ours.ageOf(number)) {
                            contacts[number] = one.contact();
                        }
                    }
                });
        return sender;
    }

    /** Known as it presents itself, or else as we know it, or without addresses. */
    private int sender(List<News> news, PeerId from) {
        if (news.isEmpty() || !news.getFirst().contact().id().equals(from)) {
            return of(new Contact(from, List.of()));
        }
        int sender = of(news.getFirst().contact());
        contacts[sender] = news.getFirst().contact();
        return sender;
    }

    /** Takes the numbers away from all others. */
    void keepOnly(View view, int partner) {
        for (int number = 1; number < contacts.length; number++) {
            if (number != partner && contacts[number] != null && !view.contains(number)) {
                contacts[number] = null;
            }
        }
    }
}
