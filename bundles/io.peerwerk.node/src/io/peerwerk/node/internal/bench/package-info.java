// SPDX-License-Identifier: EPL-2.0
/**
 * How fast, and how fast it could be: put and get beside what the same machine, in the same run, does at each single
 * thing they are made of.
 *
 * <p>A byte that is put with 10 of 30 shards is encrypted once, coded once into three, hashed three times, sealed and
 * opened for the wire three times less what stays at home, sent as often, and written to disk three times, all on the
 * processors of one machine when the nodes share it. {@link io.peerwerk.node.internal.bench.Ceilings} measures each of
 * these alone on one thread; the table shows put and get as a part of each, so that the narrowest place is plain.
 * Absolute figures differ from machine to machine and from day to day: compare within one run.
 */
@NullMarked
package io.peerwerk.node.internal.bench;

import org.jspecify.annotations.NullMarked;
