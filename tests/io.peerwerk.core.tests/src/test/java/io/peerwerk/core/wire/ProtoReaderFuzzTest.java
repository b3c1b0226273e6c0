// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.Untrusted;

class ProtoReaderFuzzTest {

    private static final int MAX = 100;
    private static final int MAX_DEPTH = 5;

    @FuzzTest(maxDuration = "5m")
    void recordsThatAreReadAreTheSameWrittenAndReadAgain(byte[] input) throws IOException {
        Optional<List<Object>> record = Untrusted.read(() -> read(new ProtoReader(input), 0));
        if (record.isPresent()) {
            byte[] again = write(record.get()).toBytes();
            assertEquals(record.get(), read(new ProtoReader(again), 0));
        }
    }

    /** The record's fields, in turn a number and its value, which is of the kind that the number says. */
    private static List<Object> read(ProtoReader in, int depth) throws FormatException {
        List<Object> fields = new ArrayList<>();
        for (int field = in.next(); field != 0; field = in.next()) {
            Object value = switch (field % 8) {
                case 0 -> in.uint();
                case 1 -> in.bool();
                case 2 -> HexFormat.of().formatHex(in.bytes(MAX));
                case 3 -> in.string(MAX);
                case 4 -> depth < MAX_DEPTH ? read(in.message(MAX), depth + 1) : null;
                default -> null;
            };
            if (value != null) {
                fields.add(field);
                fields.add(value);
            }
        }
        return fields;
    }

    private static ProtoWriter write(List<?> fields) {
        var out = new ProtoWriter();
        for (int i = 0; i < fields.size(); i += 2) {
            int field = (Integer) fields.get(i);
            switch (fields.get(i + 1)) {
                case Long number -> out.uint(field, number);
                case Boolean flag -> out.bool(field, flag);
                case String hex when field % 8 == 2 -> out.bytes(field, HexFormat.of().parseHex(hex));
                case String text -> {
                    assertTrue(text.length() <= MAX);
                    out.string(field, text);
                }
                case List<?> message -> out.message(field, write(message));
                default -> throw new AssertionError("no such value: " + fields.get(i + 1));
            }
        }
        return out;
    }
}
