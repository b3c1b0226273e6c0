// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class UndoTest {
    @Test
    void stepsAreUndoneBackwardsOnceAndAFailureSparesNone() {
        var undone = new ArrayList<String>();
        var undo = new Undo();
        undo.add("first", () -> undone.add("first"));
        undo.add("second", () -> {
            throw new IOException("thrown by the test, logged as a warning");
        });
        undo.add("third", () -> undone.add("third"));
        undo.close();
        undo.close();
        assertEquals(List.of("third", "first"), undone);
    }
}
