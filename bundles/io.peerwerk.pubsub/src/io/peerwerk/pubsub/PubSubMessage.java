// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.peerwerk.core.identity.PeerId;

/**
 * A message as it came, its signature checked.
 *
 * @param topic    what it was published under
 * @param data     what it says; copied on the way in and out
 * @param author   who signed it
 * @param sequence the author's number for it; with the author it names the message
 * @param via      the neighbour that it came from first; the author itself, this peer too, if it came directly
 */
public record PubSubMessage(String topic, byte[] data, PeerId author, long sequence, PeerId via) {

    public PubSubMessage {
        data = data.clone();
    }

    @Override
    public byte[] data() {
        return data.clone();
    }

    /** The length of the data in bytes. */
    public int size() {
        return data.length;
    }

    /** The data as UTF-8, with U+FFFD for what is not. */
    public String text() {
        return new String(data, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PubSubMessage that && topic.equals(that.topic) && Arrays.equals(data, that.data)
                && author.equals(that.author) && sequence == that.sequence && via.equals(that.via);
    }

    @Override
    public int hashCode() {
        return 31 * author.hashCode() + Long.hashCode(sequence);
    }

    @Override
    public String toString() {
        return "PubSubMessage[" + data.length + " bytes on " + topic + " of " + author.brief() + "]";
    }
}
