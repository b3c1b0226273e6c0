// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.wire;

import io.peerwerk.core.identity.Envelope;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.pubsub.PubSub;

/** The most of everything that one record may hold, whoever sends it. */
public final class WireLimits {

    /** Bytes of a record. go-libp2p sends 1 MiB at most; js-libp2p puts what was asked for into up to 4 MiB. */
    public static final int MAX_RPC = 4 << 20;

    /** Bytes of a record that is sent: what every make takes. */
    public static final int MAX_SENT = 1 << 20;

    /** Bytes of what a message says: leaves room in {@link #MAX_SENT} for its author, topic, key and signature. */
    public static final int MAX_DATA = MAX_SENT - 8 * 1024;

    /** Topics that one record subscribes to or leaves; js-libp2p's figure. */
    static final int MAX_SUBSCRIPTIONS = 5_000;

    /** Messages of one record: all that a peer can be asked for at once. */
    static final int MAX_MESSAGES = 5_000;

    /** Entries of each kind of control, ids aside; one a topic is usual. */
    static final int MAX_CONTROL = 5_000;

    /** Ids of each kind of control; others are passed over. The specification lets a peer announce as many at once. */
    public static final int MAX_IDS = 5_000;

    /** Bytes of an id: js-libp2p puts the author's whole key into it. Usual are 20 to 70. */
    static final int MAX_ID = PublicKey.MAX_BYTES + Long.BYTES;

    /** Bytes of a topic's name. */
    public static final int MAX_TOPIC = PubSub.MAX_TOPIC;

    /** Peers that a PRUNE names; the specification's figure. */
    public static final int MAX_EXCHANGED = 16;

    /** Bytes of a peer id. */
    static final int MAX_PEER = 64;

    /** Bytes of a signed record of addresses. */
    static final int MAX_RECORD = Envelope.MAX_BYTES;

    /** Bytes of a public key. */
    static final int MAX_KEY = PublicKey.MAX_BYTES;

    /** Bytes of a signature: that of an RSA key of 8192 bits. */
    static final int MAX_SIGNATURE = 1024;

    /** Bytes of a sequence number, and the most that is read so that it can be refused. */
    public static final int SEQUENCE = Long.BYTES;
    static final int MAX_SEQUENCE = 64;

    private WireLimits() {
    }
}
