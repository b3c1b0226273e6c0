// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.limits;

/** What is counted one by one, besides memory. */
enum Kind {

    STREAMS_IN("incoming streams"), STREAMS_OUT("outgoing streams"),
    CONNECTIONS_IN("incoming connections"), CONNECTIONS_OUT("outgoing connections"),
    DESCRIPTORS("file descriptors");

    private final String text;

    Kind(String text) {
        this.text = text;
    }

    /** The other direction of the same thing; descriptors have none. */
    Kind other() {
        return switch (this) {
            case STREAMS_IN -> STREAMS_OUT;
            case STREAMS_OUT -> STREAMS_IN;
            case CONNECTIONS_IN -> CONNECTIONS_OUT;
            case CONNECTIONS_OUT -> CONNECTIONS_IN;
            case DESCRIPTORS -> DESCRIPTORS;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
