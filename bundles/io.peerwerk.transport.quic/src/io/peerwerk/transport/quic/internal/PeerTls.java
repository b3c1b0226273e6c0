// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.security.SecureRandom;

import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.transport.tls.PeerCertificate;

/**
 * TLS as libp2p uses it inside QUIC: both ends show a certificate of their own making that their identity vouches for;
 * no sessions are resumed and no early data is taken, since either would come without a certificate.
 *
 * @param keys verifies the certificates of both directions
 */
record PeerTls(QuicSslContext server, QuicSslContext client, ShownKeys keys) {

    /** With a fresh certificate, which lives as long as this object. */
    static PeerTls of(Identity identity, SecureRandom random) {
        PeerCertificate own = PeerCertificate.of(identity, random);
        var keys = new ShownKeys();
        QuicSslContext server = QuicSslContextBuilder.forServer(own.privateKey(), null, own.certificate())
                .clientAuth(ClientAuth.REQUIRE).trustManager(keys).applicationProtocols(QuicLimits.ALPN)
                .earlyData(false).build();
        QuicSslContext client = QuicSslContextBuilder.forClient()
                .keyManager(own.privateKey(), null, own.certificate()).trustManager(keys)
                .applicationProtocols(QuicLimits.ALPN).earlyData(false).build();
        return new PeerTls(server, client, keys);
    }
}
