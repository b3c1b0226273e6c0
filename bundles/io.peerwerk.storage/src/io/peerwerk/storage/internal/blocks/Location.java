// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

/**
 * Where a block lies.
 *
 * @param position of its record
 * @param headerLength bytes of the record before the data
 * @param dataLength bytes of the data
 */
record Location(Segment segment, long position, int headerLength, int dataLength) {

    int recordLength() {
        return headerLength + dataLength;
    }
}
