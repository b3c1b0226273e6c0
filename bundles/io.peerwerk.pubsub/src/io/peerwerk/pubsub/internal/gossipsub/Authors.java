// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.Optional;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.wire.Message;
import io.peerwerk.pubsub.internal.wire.MessageSignature;

/** Makes messages of this peer, and finds out who has made those of others. */
public interface Authors {

    /** A message of this peer with this number. */
    Message seal(long sequence, String topic, byte[] data);

    /** Who has made the message; nothing if that is not proved. */
    Optional<PeerId> of(Message message);

    /** With signatures; every message has to have one. */
    static Authors strict(Identity self) {
        return new Authors() {
            @Override
            public Message seal(long sequence, String topic, byte[] data) {
                return MessageSignature.seal(self, sequence, topic, data);
            }

            @Override
            public Optional<PeerId> of(Message message) {
                return MessageSignature.author(message);
            }
        };
    }
}
