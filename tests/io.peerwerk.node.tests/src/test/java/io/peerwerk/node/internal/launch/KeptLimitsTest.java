// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.node.NodeLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptLimitsTest {
    @TempDir
    Path home;

    private final List<NodeLimits> applied = new ArrayList<>();

    private KeptLimits limits() throws IOException {
        return new KeptLimits(home.resolve("limits.json"), applied::add);
    }

    private static NodeLimits.Change upload(long rate) {
        return new NodeLimits.Change(rate, null, null, null, null, null, null, null);
    }

    private static NodeLimits.Change deny(String who) {
        return new NodeLimits.Change(null, null, null, null, null, null, null, List.of(who));
    }

    @Test
    void whatIsSetGoesToTheModulesAndIsThereAgainAfterARestart() throws IOException {
        KeptLimits first = limits();
        assertEquals(NodeLimits.NONE, first.now());
        first.change(upload(1_000_000));
        NodeLimits both = first.change(deny("192.0.2.0/24"));
        assertEquals(1_000_000, both.rates().upload());
        assertEquals(List.of("192.0.2.0/24"), both.deny());
        assertEquals(both, applied.getLast());
        assertEquals(both, limits().now());
    }

    @Test
    void aStartThatChangesNothingWritesNothingAndTellsTheModulesAllTheSame() throws IOException {
        limits().change(NodeLimits.Change.NOTHING);
        assertFalse(Files.exists(home.resolve("limits.json")));
        assertEquals(List.of(NodeLimits.NONE), applied);
    }

    @Test
    void nonsenseChangesNothing() throws IOException {
        KeptLimits limits = limits();
        limits.change(upload(NodeLimits.LEAST_RATE));
        assertThrows(IllegalArgumentException.class, () -> limits.change(upload(NodeLimits.LEAST_RATE - 1)));
        String message = assertThrows(IllegalArgumentException.class, () -> limits.change(deny("somebody")))
                .getMessage();
        assertTrue(message.contains("somebody"), message);
        assertEquals(NodeLimits.LEAST_RATE, limits.now().rates().upload());
        assertEquals(1, applied.size());
    }

    @Test
    void aNodeThatHasEndedChangesNothingInItsHome() throws IOException {
        KeptLimits limits = limits();
        limits.close();
        assertThrows(IOException.class, () -> limits.change(upload(1_000_000)));
        assertFalse(Files.exists(home.resolve("limits.json")));
        assertEquals(List.of(), applied);
    }

    @Test
    void aPeerIsKeptUnderOneNameHoweverItWasWritten() throws IOException {
        PeerId peer = PeerId.parse("12D3KooWRi6wF7yxWLuPSNskXc6kQ5cJ6eaymeMbCRdTnMesPgFx");
        assertEquals(List.of(peer.toString()), limits().change(new NodeLimits.Change(null, null, null, null, null, null,
                null, List.of(peer.toCid().toString(), peer.toString()))).deny());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"upload\":-5}", "{\"upload\":\"much\"}", "{\"deny\":[\"here\"]}",
        "{\"deny\":[null]}", "{\"connections\":1}", "", "null"})
    void aDamagedFileIsNamedRatherThanForgotten(String content) throws IOException {
        Files.writeString(home.resolve("limits.json"), content);
        String message = assertThrows(IOException.class, this::limits).getMessage();
        assertTrue(message.startsWith(home.resolve("limits.json") + " is damaged"), message);
    }
}
