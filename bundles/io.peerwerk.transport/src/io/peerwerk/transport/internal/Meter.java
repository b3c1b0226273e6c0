// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

/** Hears of the bytes of a stream, on its event loop, and of its end, on any thread. Must not block. */
interface Meter {

    /** For streams that nobody measures. */
    Meter NONE = new Meter() {

        @Override
        public void sent(int bytes) {
            // not wanted
        }

        @Override
        public void received(int bytes) {
            // not wanted
        }

        @Override
        public void ended() {
            // not wanted
        }
    };

    /** So many bytes have left for the wire. */
    void sent(int bytes);

    /** So many bytes have come. */
    void received(int bytes);

    /** Nothing will be sent or come any more. */
    void ended();
}
