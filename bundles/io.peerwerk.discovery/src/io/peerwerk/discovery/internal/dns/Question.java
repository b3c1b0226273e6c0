// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.dns;

/**
 * What somebody wants to know.
 *
 * @param name of what
 * @param type which records of it, one of {@link RecordType}'s or another number
 */
public record Question(DomainName name, int type) {

    /** Whether records of this type answer it, or would if they had its name. */
    public boolean wants(int recordType) {
        return type == recordType || type == RecordType.ANY;
    }
}
