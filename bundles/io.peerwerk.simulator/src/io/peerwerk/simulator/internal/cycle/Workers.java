// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.cycle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A fixed number of threads, the caller's among them, that share numbered tasks. One caller at a time. */
public final class Workers implements AutoCloseable {

    private final int count;
    private final ExecutorService others;

    /** What is to be done. */
    @FunctionalInterface
    public interface Task {
        /**
         * @param worker which of the threads does it, from 0: at any time one
         * @param number of the task, from 0
         */
        void run(int worker, int number);
    }

    public Workers(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(count + " threads");
        }
        this.count = count;
        this.others = Executors.newFixedThreadPool(Math.max(1, count - 1), task -> {
            var thread = new Thread(task, "peerwerk-simulator");
            thread.setDaemon(true);
            return thread;
        });
    }

    public int count() {
        return count;
    }

    /** Does tasks 0 to tasks-1, in any order and some at the same time; returns when all are done. */
    public void share(int tasks, Task task) {
        var next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>(count);
        for (int worker = 1; worker < Math.min(count, tasks); worker++) {
            int mine = worker;
            running.add(others.submit(() -> work(mine, next, tasks, task)));
        }
        try {
            work(0, next, tasks, task);
        } finally {
            running.forEach(Workers::await);
        }
    }

    private static void work(int worker, AtomicInteger next, int tasks, Task task) {
        for (int number = next.getAndIncrement(); number < tasks; number = next.getAndIncrement()) {
            task.run(worker, number);
        }
    }

    private static void await(Future<?> running) {
        boolean interrupted = false;
        while (true) {
            try {
                running.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // the others still write where the caller would go on reading
            } catch (ExecutionException e) {
                throw new IllegalStateException("a task failed", e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        others.shutdownNow();
    }
}
