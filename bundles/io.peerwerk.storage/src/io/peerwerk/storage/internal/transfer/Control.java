// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import io.peerwerk.storage.Progress;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.TransferCancelledException;
import org.jspecify.annotations.Nullable;

/** Whether a transfer should go on: its threads ask, and the first one that fails tells the others. */
public final class Control {

    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    private final Progress progress;
    private final BooleanSupplier closing;

    /** @param closing whether the storage is being shut down */
    public Control(Progress progress, BooleanSupplier closing) {
        this.progress = progress;
        this.closing = closing;
    }

    /** The transfer cannot succeed any more; the first reason counts, and what fails in a closing storage fails for that. */
    public void fail(IOException why) {
        failure.compareAndSet(null, closing.getAsBoolean() ? stopping() : why);
    }

    /** Whether work for the transfer is of no use any more. */
    public boolean stopped() {
        return failure.get() != null || closing.getAsBoolean() || progress.cancelled();
    }

    /** For the transfer's own thread: throws the reason why it should not go on. */
    public void check() throws IOException {
        if (Thread.interrupted() || progress.cancelled()) {
            fail(cancelled());
        } else if (closing.getAsBoolean()) {
            fail(stopping());
        }
        IOException why = failure.get();
        if (why != null) {
            throw why;
        }
    }

    private static TransferCancelledException stopping() {
        return new TransferCancelledException("the storage module was stopped in the middle of the transfer");
    }

    static TransferCancelledException cancelled() {
        return new TransferCancelledException("cancelled");
    }

    /** Runs what may fail on another thread of the transfer. */
    public void guarded(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            fail(e);
        } catch (RuntimeException e) {
            fail(new StorageException("the transfer failed by a defect of the program: " + e, e));
        }
    }

    /** Something that may fail. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void run() throws IOException;
    }
}
