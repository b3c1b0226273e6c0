// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table of text with aligned columns: a heading that starts with {@code >} aligns its column to the right.
 *
 * <pre>
 *   new TextTable("peer", "state", ">round trip").row("u7Qk2Z", "alive", "0.83 ms")
 * </pre>
 */
public final class TextTable {
    private static final String GAP = "   ";

    private final String[] headings;
    private final boolean[] right;
    private final List<String[]> rows = new ArrayList<>();

    public TextTable(String... headings) {
        this.headings = Arrays.stream(headings).map(h -> h.startsWith(">") ? h.substring(1) : h).toArray(String[]::new);
        this.right = new boolean[headings.length];
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].startsWith(">");
        }
    }

    public TextTable row(String... cells) {
        if (cells.length != headings.length) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + headings.length + " columns");
        }
        rows.add(cells.clone());
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines, heading first, without trailing blanks. */
    public List<String> lines() {
        int[] widths = new int[headings.length];
        for (String[] row : allRows()) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], width(row[i]));
            }
        }
        return allRows().stream().map(row -> line(row, widths)).toList();
    }

    private List<String[]> allRows() {
        return Stream.concat(Stream.<String[]>of(headings), rows.stream()).toList();
    }

    private String line(String[] row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            String padding = " ".repeat(widths[i] - width(row[i]));
            line.append(i == 0 ? "" : GAP).append(right[i] ? padding + row[i] : row[i] + padding);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
