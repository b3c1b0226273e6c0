// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import io.netty.buffer.ByteBuf;
import io.peerwerk.transport.spi.StreamReceiver;

/** Takes what still comes in on a stream that was refused. */
final class RefusedStream implements StreamReceiver {

    @Override
    public void data(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void finished() {
        // nobody waits
    }

    @Override
    public void reset(String why) {
        // nobody waits
    }

    @Override
    public void sent(int bytes) {
        // nothing was written
    }
}
