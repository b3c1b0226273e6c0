// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.noise;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;

/**
 * Arrays for long messages, used again and again: a fresh one each time would come from memory that no cache holds. They
 * start at offset zero, where the JDK's cipher opens messages without a copy; Netty's pools cut theirs out of larger
 * ones. May be used by several threads.
 */
public final class MessagePool {

    /** Messages below this size get arrays of their own: half of a long one would be wasted. */
    private static final int LONG = 32 * 1024;

    private static final int LENGTH = NoiseHandler.MAX_MESSAGE;

    private final BlockingQueue<byte[]> free;

    /** @param kept arrays that wait for their next use at most */
    public MessagePool(int kept) {
        this.free = new ArrayBlockingQueue<>(kept);
    }

    /** An array that the message fits in. */
    byte[] take(int length) {
        if (length < LONG) {
            return new byte[length];
        }
        byte[] array = free.poll();
        return array == null ? new byte[LENGTH] : array;
    }

    /** A buffer of an array's first bytes; when it is released, the array comes back. */
    ByteBuf wrap(byte[] array, int length) {
        return new Message(array).writerIndex(length);
    }

    private void give(byte[] array) {
        if (array.length == LENGTH) {
            free.offer(array);
        }
    }

    private final class Message extends UnpooledHeapByteBuf {

        Message(byte[] array) {
            super(UnpooledByteBufAllocator.DEFAULT, array, array.length);
        }

        @Override
        protected void freeArray(byte[] array) {
            give(array);
        }
    }
}
