// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing;

import java.time.Duration;
import java.time.Instant;

/**
 * What a name of IPNS points to, as the owner of the name has signed it.
 *
 * @param value    a path such as {@code /ipfs/bafy…}; the words of a stranger
 * @param sequence the number of the record, unsigned; a higher one replaces a lower one
 * @param validity until when it is valid
 * @param ttl      how long it may be kept without asking again
 * @see <a href="https://specs.ipfs.tech/ipns/ipns-record/">IPNS record</a>
 */
public record NameRecord(String value, long sequence, Instant validity, Duration ttl) {
}
