// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;

import io.peerwerk.core.wire.FormatException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurabilityTest {

    @ParameterizedTest
    @CsvSource({"10/30,10,30,20", "1/1,1,1,1", "255/255,255,255,255", "' 2 / 3',2,3,2"})
    void optionsAreReadWithTheirThreshold(String text, int k, int n, int threshold) throws FormatException {
        PutOptions options = PutOptions.parse(text);
        assertEquals(new PutOptions(k, n), options);
        assertEquals(threshold, options.threshold());
        assertEquals(k + "/" + n, options.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "/", "a/b", "10/", "30/10", "0/5", "10/256", "-1/5", "10/30/5", "99999999999/1"})
    void optionsThatAreNoCodeAreRefused(String text) {
        assertThrows(FormatException.class, () -> PutOptions.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"1,0", "2,1", "3,2", "8,5", "30,20", "60,20"})
    void soManyOfSoManyPeersMayVanish(int peers, int spare) {
        assertEquals(spare, PutOptions.standard().survivable(Math.min(peers, 30)));
    }

    @Property(tries = 300)
    void whatIsSurvivableIsWhatTheWorstLossLeaves(@ForAll @IntRange(min = 1, max = 60) int n,
            @ForAll @IntRange(min = 1, max = 60) int k, @ForAll @IntRange(min = 1, max = 60) int peers) {
        PutOptions options = new PutOptions(Math.min(k, n), n);
        int[] held = IntStream.range(0, peers).map(p -> p < n ? Math.ceilDiv(n - p, peers) : 0).sorted().toArray();
        int survivable = options.survivable(peers);
        int left = IntStream.range(0, peers - survivable).map(i -> held[i]).sum();
        assertTrue(left >= options.dataShards() || survivable == 0);
        if (survivable < peers) {
            int leftByOneMore = IntStream.range(0, peers - survivable - 1).map(i -> held[i]).sum();
            assertTrue(leftByOneMore < options.dataShards());
        }
    }

    @Test
    void fewHoldersAreWarnedOf() {
        PutOptions standard = PutOptions.standard();
        assertTrue(Durability.warning(1, standard).orElseThrow().contains("one peer only"));
        assertTrue(Durability.warning(2, new PutOptions(10, 15)).orElseThrow().contains("any one of them"));
        assertTrue(Durability.warning(8, new PutOptions(10, 15)).orElseThrow().contains("survives the loss of 2"));
        assertTrue(Durability.warning(8, standard).isEmpty());
        assertTrue(Durability.warning(30, standard).isEmpty());
        assertTrue(Durability.warning(0, standard).isEmpty());
    }
}
