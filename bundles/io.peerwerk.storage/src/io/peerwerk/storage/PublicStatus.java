// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

/**
 * The figures of the public content that lies here.
 *
 * @param limit bytes of this disk that it may use
 * @param used bytes on this disk that it uses, counted exactly
 * @param blocks its blocks, those of pinned content and those kept in passing
 * @param pins pinned roots
 */
public record PublicStatus(long limit, long used, long blocks, int pins) {
}
