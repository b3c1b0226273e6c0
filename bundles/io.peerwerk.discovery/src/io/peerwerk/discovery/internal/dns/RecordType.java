// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.dns;

/** Numbers of record types, as in RFC 1035, 2782 and 3596. */
public final class RecordType {

    public static final int A = 1;
    public static final int PTR = 12;
    public static final int TXT = 16;
    public static final int AAAA = 28;
    public static final int SRV = 33;
    /** In a question: records of every type. */
    public static final int ANY = 255;

    private RecordType() {
    }
}
