// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Calls that run at the same time, each on a virtual thread.
 *
 * @param <T> what each gives
 */
final class Together<T> {

    private final List<Call<T>> calls;

    /** One of them; blocks. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws IOException;
    }

    Together(List<Call<T>> calls) {
        this.calls = calls;
    }

    /**
     * Runs all; gives what those gave that worked, in their order.
     *
     * @throws IOException if none worked: what the first one says
     */
    List<T> run() throws IOException {
        List<CompletableFuture<T>> futures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (Call<T> call : calls) {
            var future = new CompletableFuture<T>();
            futures.add(future);
            threads.add(Thread.ofVirtual().name("routing").start(() -> complete(future, call)));
        }
        try {
            return gather(futures);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while others were asked");
        } finally {
            threads.forEach(Thread::interrupt);
        }
    }

    /** The edge of the thread: whatever goes wrong is for the caller. */
    private static <T> void complete(CompletableFuture<T> future, Call<T> call) {
        try {
            future.complete(call.run());
        } catch (IOException | RuntimeException e) {
            future.completeExceptionally(e);
        }
    }

    private static <T> List<T> gather(List<CompletableFuture<T>> futures) throws IOException, InterruptedException {
        List<T> results = new ArrayList<>();
        IOException first = null;
        for (CompletableFuture<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof IOException failure)) {
                    throw new IllegalStateException(e.getCause());
                }
                first = first == null ? failure : first;
            }
        }
        if (results.isEmpty() && first != null) {
            throw first;
        }
        return results;
    }
}
