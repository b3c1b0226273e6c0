// SPDX-License-Identifier: EPL-2.0
/**
 * Which values belong under which keys. A value that nobody can check is not kept, so there are two kinds:
 *
 * <pre>
 *   /pk/   + peer id    the public key that the id is the hash of
 *   /ipns/ + peer id    what the peer's name points to, signed by the peer:
 *
 *   IpnsEntry  value 1, signatureV1 2, validityType 3 (EOL 0), validity 4, sequence 5, ttl 6, pubKey 7,
 *              signatureV2 8, data 9            protobuf, 10 KiB at most
 *   data       {TTL, Value, Sequence, Validity, ValidityType}    DAG-CBOR, keys in this order
 *   signatureV2 = sign("ipns-signature:" + data)
 * </pre>
 *
 * <p>Only {@code data} is signed in a way that counts. The fields 1 to 6 repeat it for older readers; where they are
 * there, they must say the same.
 *
 * @see <a href="https://specs.ipfs.tech/ipns/ipns-record/">IPNS record</a>
 */
@NullMarked
package io.peerwerk.routing.internal.record;

import org.jspecify.annotations.NullMarked;
