// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.churn;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What this process uses.
 *
 * @param heap        bytes after a collection
 * @param threads     of the system
 * @param virtual     threads; 0 where the virtual machine does not tell
 * @param descriptors open files and sockets; 0 where the system does not tell
 * @param direct      bytes outside of the heap: of Netty's buffers and of others
 */
record Usage(long heap, int threads, int virtual, long descriptors, long direct) {

    /** A line of the histogram: number, instances, bytes, class. */
    private static final Pattern VIRTUAL = Pattern.compile("\\d+:\\s+(\\d+)\\s+\\d+\\s+java\\.lang\\.VirtualThread\\s");

    /** What a collection finds free but must hand to cleaners first is free at the next one. */
    private static final long BETWEEN_MILLIS = 100;

    static Usage now() throws InterruptedException, IOException {
        System.gc();
        Thread.sleep(BETWEEN_MILLIS);
        int virtual = virtualThreads();
        return new Usage(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getThreadMXBean().getThreadCount(), virtual, openDescriptors(), directMemory());
    }

    /**
     * Counted in the histogram of the heap, which collects it first. The virtual machine has no figure of them; a dump
     * of them all is known to crash it while they run, and Flight Recorder keeps something of each for good. A few that
     * have ended and stand in a queue of their scheduler still count as well.
     */
    private static int virtualThreads() throws IOException {
        try {
            var command = new ObjectName("com.sun.management:type=DiagnosticCommand");
            var histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(command, "gcClassHistogram",
                    new Object[] {new String[0]}, new String[] {String[].class.getName()});
            Matcher line = VIRTUAL.matcher(histogram);
            return line.find() ? Integer.parseInt(line.group(1)) : 0;
        } catch (JMException e) {
            throw new IOException("this virtual machine gives no histogram of its heap", e);
        }
    }

    private static long openDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount() : 0;
    }

    private static long directMemory() {
        long netty = ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider
                ? provider.metric().usedDirectMemory() : 0;
        return netty + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }
}
