// SPDX-License-Identifier: EPL-2.0
/**
 * The part of the domain name system's message format that multicast DNS needs.
 *
 * <pre>
 *   +----+-------+-----------------------------+-----------+---------+-----------+-------------+
 *   | id | flags | how many of each that follow | questions | answers | authority | additionals |
 *   +----+-------+-----------------------------+-----------+---------+-----------+-------------+
 *     2      2              4 × 2
 *
 *   question   name | type 2 | class 2 (its highest bit: answer to me alone)
 *   record     name | type 2 | class 2 (its highest bit: forget older ones) | TTL 4 | length 2 | data
 *   name       length 1..63 | label | ... | 0                  or, at any label, 11 and 14 bits: goes on there
 * </pre>
 *
 * <p>Whoever is on the local network can send anything. So a name may go on elsewhere only farther to the front each
 * time, which ends; its length, the count of questions and records and the length of the message are bounded; records
 * of types that this node has no use for are passed over.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-4">RFC 1035, section 4: messages</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6762#section-18">RFC 6762, section 18: message format</a>
 */
@NullMarked
package io.peerwerk.discovery.internal.dns;

import org.jspecify.annotations.NullMarked;
