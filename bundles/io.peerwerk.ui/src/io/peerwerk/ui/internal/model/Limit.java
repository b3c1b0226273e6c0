// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.model;

import org.eclipse.osgi.util.NLS;

import io.peerwerk.node.NodeLimits;
import io.peerwerk.ui.internal.Messages;

/** Limits as people write them: {@code 2 MB/s}, {@code 200}, or nothing for none. */
public final class Limit {
    private static final String PER_SECOND = "/s"; //$NON-NLS-1$

    private Limit() {
    }

    /**
     * Bytes a second, 0 for no limit.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static long rate(String text) {
        String size = text.strip();
        if (size.isEmpty()) {
            return 0;
        }
        if (size.endsWith(PER_SECOND)) {
            size = size.substring(0, size.length() - PER_SECOND.length());
        }
        long rate;
        try {
            rate = ByteSize.parse(size).bytes();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(NLS.bind(Messages.Limit_rateMalformed, text.strip()), e);
        }
        if (rate != 0 && rate < NodeLimits.LEAST_RATE) {
            throw new IllegalArgumentException(NLS.bind(Messages.Limit_rateLow, rateText(NodeLimits.LEAST_RATE)));
        }
        return rate;
    }

    /** As {@link #rate} reads it again, to the byte. */
    public static String rateText(long bytes) {
        if (bytes == 0) {
            return ""; //$NON-NLS-1$
        }
        String brief = new ByteSize(bytes).toString().replace('\u00a0', ' ');
        return (means(brief, bytes) ? brief : bytes + " B") + PER_SECOND; //$NON-NLS-1$
    }

    /** Digits are not the same everywhere, and a rounded size is another one. */
    private static boolean means(String text, long bytes) {
        try {
            return ByteSize.parse(text).bytes() == bytes;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * A number of connections, 0 for what the machine can take.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static int connections(String text) {
        String number = text.strip();
        if (number.isEmpty()) {
            return 0;
        }
        int count = number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : -1; //$NON-NLS-1$
        if (count != 0 && count < NodeLimits.LEAST_CONNECTIONS) {
            throw new IllegalArgumentException(NLS.bind(Messages.Limit_connections, NodeLimits.LEAST_CONNECTIONS));
        }
        return count;
    }

    /** As {@link #connections} reads it again. */
    public static String connectionsText(int count) {
        return count == 0 ? "" : Integer.toString(count); //$NON-NLS-1$
    }
}
