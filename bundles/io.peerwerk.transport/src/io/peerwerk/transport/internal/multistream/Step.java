// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.multistream;

/** What follows from a line that was received. */
public sealed interface Step {

    /** Nothing to send yet, and not agreed yet. */
    record Wait() implements Step {
    }

    /** Send lines and wait for more. */
    record Send(byte[] lines) implements Step {
    }

    /**
     * Both ends agree.
     *
     * @param lines still to be sent, perhaps none; the agreed protocol's bytes follow
     */
    record Agreed(String protocol, byte[] lines) implements Step {
    }

    /** The initiator has no further protocol to propose: nothing in common. */
    record NothingInCommon() implements Step {
    }
}
