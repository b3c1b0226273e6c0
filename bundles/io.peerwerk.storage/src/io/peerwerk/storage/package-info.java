// SPDX-License-Identifier: EPL-2.0
/**
 * Files that belong to their owner and outlive their machines: the interface of Peerwerk's storage.
 *
 * <p>A file or folder is cut into chunks of 1 MiB, each chunk is encrypted with a key that only the link holds, coded
 * into {@code n} shards of which any {@code k} are enough, and the shards are spread over distinct peers. What a user
 * keeps is the {@linkplain io.peerwerk.storage.StorageLink link}; what the peers keep tells them nothing but sizes.
 *
 * <pre>
 *   file or folder --cut--> chunk --AES-256-GCM--> ciphertext --Reed-Solomon--> n shards --PUT--> n holders
 *                                                                      |
 *   link = CID of the manifest + key            manifest block (which shards make which chunk) --> many holders
 * </pre>
 *
 * <p>{@link io.peerwerk.storage.Storage} is the service that users of the bundle call, {@link
 * io.peerwerk.storage.BlockStore} the place on the local disk where shards of other peers lie.
 */
@NullMarked
package io.peerwerk.storage;

import org.jspecify.annotations.NullMarked;
