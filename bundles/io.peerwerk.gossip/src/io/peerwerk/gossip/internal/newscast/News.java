// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.newscast;

import io.peerwerk.gossip.internal.wire.Contact;

/**
 * One neighbour in a message.
 *
 * @param contact the neighbour
 * @param age eighths of a period since the neighbour itself made the entry, 0 to {@value View#MAX_AGE}
 */
public record News(Contact contact, int age) {

    public News {
        if (age < 0 || age > View.MAX_AGE) {
            throw new IllegalArgumentException("age " + age);
        }
    }
}
