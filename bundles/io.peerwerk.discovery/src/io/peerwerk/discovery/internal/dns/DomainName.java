// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.dns;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A name such as {@code _p2p._udp.local}. Labels are any bytes, one to 63 of them, each standing as the character of
 * its number; capital letters of ASCII mean the same as small ones and become such.
 *
 * @param labels from the innermost to the outermost; none is the root
 */
public record DomainName(List<String> labels) {

    /** The longest label, in bytes. */
    public static final int MAX_LABEL = 63;

    /** The longest name on the wire, in bytes, with the lengths of its labels and the zero at its end. */
    public static final int MAX_BYTES = 255;

    /** @throws IllegalArgumentException if a label or the name is too long, or a character is no byte */
    public DomainName {
        labels = labels.stream().map(DomainName::small).toList();
        int length = labels.stream().mapToInt(label -> 1 + label.length()).sum() + 1;
        if (length > MAX_BYTES) {
            throw new IllegalArgumentException("a name of " + length + " bytes");
        }
    }

    /** The name with these labels and no dot at its end. */
    public static DomainName of(String text) {
        return new DomainName(Arrays.asList(text.split("\\.", -1)));
    }

    /** The name with one more label in front. */
    public DomainName child(String label) {
        return new DomainName(Stream.concat(Stream.of(label), labels.stream()).toList());
    }

    /** Whether this name is the other one with one label in front. */
    public boolean isChildOf(DomainName parent) {
        return labels.size() == parent.labels.size() + 1 && labels.subList(1, labels.size()).equals(parent.labels);
    }

    private static String small(String label) {
        if (label.isEmpty() || label.length() > MAX_LABEL) {
            throw new IllegalArgumentException("a label of " + label.length() + " bytes");
        }
        StringBuilder small = new StringBuilder(label.length());
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if (c > 0xff) {
                throw new IllegalArgumentException("a label with a character that is no byte");
            }
            small.append(c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c);
        }
        return small.toString();
    }

    /** For people: labels with dots between them. */
    @Override
    public String toString() {
        return String.join(".", labels);
    }
}
