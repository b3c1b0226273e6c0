// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.newscast;

import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * What the numbers in the views of one node stand for: 0 is itself, the others are the contacts of its view, of the
 * message that is read, and of those who have sent it or are asked. There are never more.
 */
final class Numbers {

    static final int SELF = 0;

    private final int viewSize;
    private final @Nullable Contact[] contacts;

    Numbers(Contact self, int viewSize) {
        this.viewSize = viewSize;
        this.contacts = new Contact[2 * viewSize + 3];
        this.contacts[SELF] = self;
    }

    Contact contact(int number) {
        Contact contact = contacts[number];
        if (contact == null) {
            throw new IllegalStateException("nobody has the number " + number);
        }
        return contact;
    }

    /** The number of a contact, a new one if it had none. */
    int of(Contact contact) {
        int free = View.NOBODY;
        for (int number = 0; number < contacts.length; number++) {
            Contact known = contacts[number];
            if (known == null) {
                free = free == View.NOBODY ? number : free;
            } else if (known.id().equals(contact.id())) {
                return number;
            }
        }
        if (free == View.NOBODY) {
            throw new IllegalStateException("more contacts than a view and a message hold");
        }
        contacts[free] = contact;
        return free;
    }

    /**
     * Makes a view of what a stranger sent: in the order of ages whatever it says, nobody twice, not the stranger, and as
     * many as a view holds. We may be in it; an exchange passes over that.
     *
     * @return the number of the sender
     */
    int read(List<News> news, PeerId from, View into) {
        int sender = of(sender(news, from));
        into.clear();
        news.stream().filter(one -> !one.contact().id().equals(from)).limit(viewSize)
                .sorted(Comparator.comparingInt(News::age)) // stable: an honest sender's order stays as it is
                .forEach(one -> {
                    int number = of(one.contact());
                    if (!into.contains(number)) {
                        into.append(number, one.age());
                    }
                });
        return sender;
    }

    /** As it presents itself, or else without addresses. */
    private static Contact sender(List<News> news, PeerId from) {
        if (!news.isEmpty() && news.getFirst().contact().id().equals(from)) {
            return news.getFirst().contact();
        }
        return new Contact(from, List.of());
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
