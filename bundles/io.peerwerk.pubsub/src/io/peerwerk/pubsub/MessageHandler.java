// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub;

/** Hears messages. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * A message has come. The calls of one subscription come one after the other, on a virtual thread of its own, and
     * may block; meanwhile up to a thousand further messages wait, then the oldest of them are dropped. An exception is
     * logged and costs this one message.
     */
    void received(PubSubMessage message);
}
