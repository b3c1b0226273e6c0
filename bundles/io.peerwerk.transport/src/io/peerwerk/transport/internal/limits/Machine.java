// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.limits;

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * The machine that limits are scaled to.
 *
 * @param heap        bytes the heap can grow to
 * @param direct      bytes of buffers outside the heap, at most
 * @param descriptors files and sockets this process may have open
 */
public record Machine(long heap, long direct, int descriptors) {

    /** Where the system does not tell how many descriptors there are: few enough for any. */
    private static final int FEW_DESCRIPTORS = 1024;

    /** The machine this runs on. Unless the virtual machine is told otherwise, buffers may take as much as the heap. */
    public static Machine here() {
        long heap = Runtime.getRuntime().maxMemory();
        return new Machine(heap, heap, countDescriptors());
    }

    private static int countDescriptors() {
        try {
            return Unix.descriptors();
        } catch (LinkageError e) {
            return FEW_DESCRIPTORS;
        }
    }

    /** Kept apart, since the class may be missing. */
    private static final class Unix {

        static int descriptors() {
            return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? (int) Math.min(Integer.MAX_VALUE, unix.getMaxFileDescriptorCount()) : FEW_DESCRIPTORS;
        }
    }
}
