// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.storage;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

import io.peerwerk.node.internal.bench.storage.Turns.Work;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.TextTable;
import io.peerwerk.storage.ErasureCoding;
import io.peerwerk.storage.PutOptions;

/** Reed-Solomon on one thread, in bytes of data a second, a chunk at a time as put and get do it. */
final class CodingBenchmark {

    private static final List<PutOptions> CODES = List.of(PutOptions.standard(), new PutOptions(29, 80));
    private static final int CHUNK = 1 << 20;
    /** Larger than the caches that a processor has for itself. */
    private static final int COPIED = 1 << 27;

    private final Output output;
    private final Turns turns;
    private final TextTable table = new TextTable("code", "what", ">GB/s", ">of memory copy", ">plain coder GB/s",
            ">x plain coder");
    private boolean vectors;

    CodingBenchmark(Output output, LongSupplier nanos, int rounds) {
        this.output = output;
        turns = new Turns(nanos, rounds);
    }

    void run() throws InterruptedException {
        vectors = ErasureCoding.usesVectors();
        for (PutOptions code : CODES) {
            output.transientLine(output.dim("coding " + code + " …"));
            measure(code);
        }
        output.say(output.bold("Reed-Solomon") + "  on one thread, by "
                + (vectors ? "vectors" : "tables") + "; data a second; decode with all data shards lost");
        output.say(table);
    }

    private void measure(PutOptions code) {
        var ours = new ErasureCoding(code);
        int k = code.dataShards();
        int bytes = ours.shardBytes(CHUNK);
        byte[] shards = new byte[bytes * code.totalShards()];
        byte[][] data = new byte[k][bytes];
        byte[][] parity = new byte[code.totalShards() - k][bytes];
        var random = new SplittableRandom(1);
        for (int i = 0; i < k; i++) {
            random.nextBytes(data[i]);
            System.arraycopy(data[i], 0, shards, i * bytes, bytes);
        }
        var plain = new PlainReedSolomon(k, code.totalShards());
        var lost = new BitSet();
        lost.set(0, k);
        ours.encode(shards, bytes);
        plain.encode(data, parity);
        same(shards, k, bytes, parity);
        byte[][] decoded = new byte[k][bytes];
        plain.decode(parity, decoded);
        ours.restore(shards, bytes, lost);
        same(shards, 0, bytes, decoded);
        byte[] from = new byte[COPIED];
        byte[] to = new byte[COPIED];
        long each = (long) k * bytes;
        double[] rates = turns.gigabytesPerSecond(List.of(
                new Work("memory copy", COPIED, () -> System.arraycopy(from, 0, to, 0, COPIED)),
                new Work("encode", each, () -> ours.encode(shards, bytes)),
                new Work("encode, plain coder", each, () -> plain.encode(data, parity)),
                new Work("decode", each, () -> ours.restore(shards, bytes, lost)),
                new Work("decode, plain coder", each, () -> plain.decode(parity, decoded))));
        row(code, "encode", rates[1], rates[0], rates[2]);
        row(code, "decode", rates[3], rates[0], rates[4]);
    }

    /** Figures of a coder that makes something else would be worth nothing. */
    private static void same(byte[] shards, int first, int bytes, byte[][] others) {
        for (int i = 0; i < others.length; i++) {
            int at = (first + i) * bytes;
            if (!Arrays.equals(shards, at, at + bytes, others[i], 0, bytes)) {
                throw new IllegalStateException("the two coders differ in shard " + (first + i));
            }
        }
    }

    private void row(PutOptions code, String what, double rate, double copy, double plain) {
        table.row(code.toString(), what, Figures.number(rate), Figures.number(100 * rate / copy) + " %",
                Figures.number(plain), Figures.number(rate / plain));
        output.json(JsonLine.event("coding").with("code", code.toString()).with("what", what)
                .with("vectors", vectors).with("gbPerSecond", rate)
                .with("memoryCopyGbPerSecond", copy).with("plainGbPerSecond", plain)
                .with("plainRatio", rate / plain));
    }
}
