// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.noise;

/**
 * A handshake as another implementation of Noise (that of js-libp2p 3) writes it: static and ephemeral secrets of 32
 * equal bytes, 1 and 2 for the initiator, 3 and 4 for the responder; no prologue; texts as payloads.
 */
final class KnownTranscript {

    static final String FIRST = "ce8d3ad1ccb633ec7b70c17814a5c76ecd029685050d344745ba05870e587d59";

    static final String SECOND = "ac01b2209e86354fb853237b5de0f4fab13c7fcbf433a61c019369617fecf10bb719b14d19eaf5ca"
            + "91c89748c5ce8668e6864f05ee2367682b3e0c2fd086f0b4f64162733f3fe548251c518fe8c03cce"
            + "da68d20ee318f93543ebd4ffcddbe1ea723173de7733682a8633364fdeb8ee1d3572d491f761c318";

    static final String THIRD = "539a5cf3ae8a0a9134b32bfa775a1522db3558a1351ed4101989b8b88aa6a6f029c72c9e5d9548b7"
            + "03438cf6aaf66b293703cd47cef6b9a805fdaa614593b7910812faf7e97dd34bbbd1f4a26fc77333"
            + "34b7e58e03809ba2";

    static final String HASH = "3d3fd08f010e1c033b97f7dffd8ba3b404bb0d1d9cc625446e76ec17542dfde0";

    static final String TRANSPORT = "e9dff0ceb20bc3f807feab62f99ff0334a20cc75e37a928be2";

    private KnownTranscript() {
    }
}
