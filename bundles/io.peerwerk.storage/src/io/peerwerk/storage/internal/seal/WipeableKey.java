// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.seal;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

import javax.crypto.SecretKey;

/** An AES key that can be overwritten, and refuses to be used from then on. */
final class WipeableKey implements SecretKey {

    private static final long serialVersionUID = 1;

    private final transient byte[] bytes;
    private final transient ReentrantLock lock = new ReentrantLock();
    private transient boolean destroyed;

    /** Takes the array over. */
    WipeableKey(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        lock.lock();
        try {
            if (destroyed) {
                throw new IllegalStateException("the key was wiped");
            }
            return bytes.clone();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void destroy() {
        lock.lock();
        try {
            destroyed = true;
            Arrays.fill(bytes, (byte) 0);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isDestroyed() {
        lock.lock();
        try {
            return destroyed;
        } finally {
            lock.unlock();
        }
    }
}
