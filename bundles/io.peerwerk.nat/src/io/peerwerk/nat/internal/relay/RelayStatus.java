// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

/** How a relay, or the peer behind it, answers. */
enum RelayStatus {

    /** Any code that is not known here, none at all included. */
    UNUSED(0),
    OK(100),
    RESERVATION_REFUSED(200),
    RESOURCE_LIMIT_EXCEEDED(201),
    PERMISSION_DENIED(202),
    CONNECTION_FAILED(203),
    NO_RESERVATION(204),
    MALFORMED_MESSAGE(400),
    UNEXPECTED_MESSAGE(401);

    private final int code;

    RelayStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static RelayStatus of(long code) {
        for (RelayStatus status : values()) {
            if (status.code == code) {
                return status;
            }
        }
        return UNUSED;
    }

    /** In words, for errors that people read. */
    String words() {
        return switch (this) {
            case UNUSED -> "an answer that is not understood";
            case OK -> "yes";
            case RESERVATION_REFUSED -> "it takes no more reservations";
            case RESOURCE_LIMIT_EXCEEDED -> "it relays as much as it may already";
            case PERMISSION_DENIED -> "it does not allow that";
            case CONNECTION_FAILED -> "it could not reach the peer";
            case NO_RESERVATION -> "the peer has no reservation there";
            case MALFORMED_MESSAGE -> "it did not understand the message";
            case UNEXPECTED_MESSAGE -> "it expected another message";
        };
    }
}
