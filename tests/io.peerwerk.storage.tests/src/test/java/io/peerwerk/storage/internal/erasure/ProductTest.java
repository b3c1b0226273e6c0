// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.erasure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

/** Products by tables and by vectors. The latter need a JVM with {@code --add-modules jdk.incubator.vector}. */
class ProductTest {

    private static final int CASES = 400;

    /** Ends of strips and registers, and what lies beside them. */
    private static final List<Integer> LENGTHS = List.of(0, 1, 15, 16, 17, 31, 63, 64, 65, 127, 128, 129, 1023, 1025, 4096,
            8191, 8192, 8193, 8192 + 63, 2 * 8192 + 65);

    private static Shard[] random(int count, int bytes, Random random) {
        Shard[] shards = new Shard[count];
        for (int i = 0; i < count; i++) {
            int offset = random.nextInt(70);
            byte[] array = new byte[offset + bytes + random.nextInt(70)];
            random.nextBytes(array);
            shards[i] = new Shard(array, offset);
        }
        return shards;
    }

    private static Shard[] copy(Shard[] shards) {
        Shard[] copy = new Shard[shards.length];
        for (int i = 0; i < shards.length; i++) {
            copy[i] = new Shard(shards[i].array().clone(), shards[i].offset());
        }
        return copy;
    }

    /** Byte by byte, as it is defined; leaves everything around the shards alone. */
    private static void define(int[][] matrix, Shard[] in, Shard[] out, int length) {
        for (int r = 0; r < out.length; r++) {
            for (int i = 0; i < length; i++) {
                int sum = 0;
                for (int c = 0; c < in.length; c++) {
                    sum ^= GaloisField.multiply(matrix[r][c], in[c].array()[in[c].offset() + i] & 0xFF);
                }
                out[r].array()[out[r].offset() + i] = (byte) sum;
            }
        }
    }

    private static void makesWhatIsDefined(Function<int[][], Product> products) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int number = 0; number < CASES; number++) {
            int[][] matrix = new int[1 + random.nextInt(70)][1 + random.nextInt(number % 20 == 0 ? 255 : 12)];
            for (int[] row : matrix) {
                Arrays.setAll(row, i -> random.nextInt(256));
            }
            int length = number % 2 == 0 ? random.nextInt(300) : LENGTHS.get(random.nextInt(LENGTHS.size()));
            Shard[] in = random(matrix[0].length, length, random);
            Shard[] out = random(matrix.length, length, random);
            Shard[] expected = copy(out);
            define(matrix, in, expected, length);
            products.apply(matrix).apply(in, out, length);
            for (int r = 0; r < out.length; r++) {
                assertArrayEquals(expected[r].array(), out[r].array(), "seed " + seed + ", case " + number + ": "
                        + matrix.length + " of " + matrix[0].length + ", " + length + " bytes, output " + r);
            }
        }
    }

    @Test
    void tablesMakeWhatIsDefinedAndTouchNothingElse() {
        makesWhatIsDefined(TableProduct::new);
    }

    @Test
    void vectorsMakeWhatIsDefinedAndTouchNothingElse() {
        assumeTrue(VectorRace.present(), "this JVM was started without the Vector API");
        makesWhatIsDefined(VectorProduct::new);
    }

    @Test
    void theChosenOneMakesWhatIsDefinedAndTouchesNothingElse() {
        makesWhatIsDefined(MatrixProduct::new);
    }

    @Test
    void bothRefuseShardsThatAreTooManyOrTooShort() {
        refuses(TableProduct::new);
        assumeTrue(VectorRace.present(), "this JVM was started without the Vector API");
        refuses(VectorProduct::new);
    }

    private static void refuses(Function<int[][], Product> products) {
        Product product = products.apply(new int[][] {{1, 2}, {3, 4}});
        Shard[] two = Shard.cut(new byte[200], 2, 100);
        Shard[] last = {new Shard(new byte[200], 0), new Shard(new byte[200], 101)};
        product.apply(two, Shard.cut(new byte[200], 2, 100), 100);
        assertThrows(IllegalArgumentException.class, () -> product.apply(two, new Shard[] {two[0]}, 100));
        assertThrows(IllegalArgumentException.class, () -> product.apply(new Shard[] {two[0]}, two, 100));
        assertThrows(IndexOutOfBoundsException.class, () -> product.apply(last, two, 100));
        assertThrows(IndexOutOfBoundsException.class, () -> product.apply(two, last, 100));
    }
}
