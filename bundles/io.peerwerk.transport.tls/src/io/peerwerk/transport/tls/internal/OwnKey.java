// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls.internal;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import org.jspecify.annotations.Nullable;

import io.peerwerk.transport.tls.PeerCertificate;

/** Shows one certificate, whoever asks. */
final class OwnKey extends X509ExtendedKeyManager {

    private static final String ALIAS = "peer";

    private final PeerCertificate own;

    OwnKey(PeerCertificate own) {
        this.own = own;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(String[] kinds, Principal @Nullable [] issuers, SSLEngine engine) {
        return Arrays.asList(kinds).contains(own.privateKey().getAlgorithm()) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String kind, Principal @Nullable [] issuers, SSLEngine engine) {
        return kind.equals(own.privateKey().getAlgorithm()) ? ALIAS : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[] {own.certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return own.privateKey();
    }

    // ---- sockets are not used

    @Override
    public String[] getClientAliases(String kind, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String[] getServerAliases(String kind, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public @Nullable String chooseClientAlias(String[] kinds, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String kind, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }
}
