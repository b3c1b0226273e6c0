// SPDX-License-Identifier: EPL-2.0
/**
 * How fast the storage is, part by part, each beside what else does the same on this machine in the same run.
 *
 * <pre>
 *   StorageBenchmark ─▶ CodingBenchmark     Reed-Solomon on one thread, beside PlainReedSolomon and a memory copy
 *                    ─▶ BlocksBenchmark     blocks a second of each BlockStores service, beside RocksDB
 *                    ─▶ TransferBenchmark   put and get of a cluster, beside each stage alone, cp and Helia
 *                    ─▶ HeapBenchmark       live heap of the nodes that put and get files of growing sizes
 * </pre>
 *
 * <p><em>A stage of put</em> is what no implementation gets around for a byte of a file: it is sealed once, coded once,
 * and its n/k bytes of shards are each hashed, sealed for the wire and written durably. The rates of {@link
 * io.peerwerk.node.internal.bench.Ceilings} are those of bytes that go through; divided by n/k they are rates of the
 * file. The slowest of them is what put is measured by. All nodes share the processors and the disk of one machine and
 * the receivers hash and open again, so that a put here cannot come near any of them where there are few processors.
 */
@NullMarked
package io.peerwerk.node.internal.bench.storage;

import org.jspecify.annotations.NullMarked;
