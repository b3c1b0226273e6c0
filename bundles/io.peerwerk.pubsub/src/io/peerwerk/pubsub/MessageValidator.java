// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub;

/** Judges messages whose signature is valid. */
@FunctionalInterface
public interface MessageValidator {

    /**
     * Judges a message. Runs on a virtual thread and may block; several calls may run at once. What is not judged
     * within some seconds, or while too many others are, is ignored; so is a message whose validator throws.
     */
    Verdict judge(PubSubMessage message);
}
