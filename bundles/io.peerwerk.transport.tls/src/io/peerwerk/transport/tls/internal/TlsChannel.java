// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls.internal;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletionStage;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.transport.spi.SecureChannel;
import io.peerwerk.transport.spi.Secured;
import io.peerwerk.transport.tls.PeerCertificate;

/**
 * TLS 1.3 as a service, over the JDK's engine and Netty's handler.
 *
 * <p>The engine's tasks run on the event loop: a handshake takes about a millisecond of it, with the most expensive keys
 * that are taken a few. Threads of their own would make no more handshakes, since the loops are as many as the
 * processors; they would only add hops. What costs more is refused: finite field groups, huge keys.
 *
 * <p>Every handshake has a context of its own, so that nothing of a session outlives it. There is no resumption:
 * whoever comes shows who it is.
 */
@Component(service = SecureChannel.class, property = "protocol=/tls/1.0.0")
public final class TlsChannel implements SecureChannel, AutoCloseable {

    /** What the ALPN says when the muxer is to be negotiated later. */
    static final String NO_MUXER = "libp2p";

    private static final String[] VERSIONS = {"TLSv1.3"};

    /** The fastest on this platform first; a server that honours the client's order then takes it. */
    private static final String[] CIPHERS = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256"};

    /** All that others offer, and none that takes a server many milliseconds. */
    private static final String[] GROUPS = {"x25519", "secp256r1", "secp384r1"};

    /** A peer that takes nothing for so long is not told goodbye, milliseconds. */
    private static final long CLOSE_MILLIS = 1_000;

    private final SecureRandom random;
    private final Map<Identity, PeerCertificate> certificates = Collections.synchronizedMap(new WeakHashMap<>());
    private final Registration parser;

    /** With the system's random source. */
    @Activate
    public TlsChannel() {
        this(new SecureRandom());
    }

    /** With a random source of one's own. */
    public TlsChannel(SecureRandom random) {
        this.random = random;
        this.parser = NamelessCertificates.install();
    }

    @Override
    public String protocol() {
        return "/tls/1.0.0";
    }

    @Override
    public CompletionStage<Secured> secure(Channel channel, Task task) {
        var trust = new ExpectedPeer(task.expected());
        var handler = new SslHandler(engine(task, trust));
        handler.setHandshakeTimeoutMillis(0);
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_MILLIS);
        var end = new TlsEnd(handler.engine(), trust, task.muxers());
        channel.pipeline().addLast(new HeapReads(), handler, end);
        return end.secured();
    }

    private SSLEngine engine(Task task, ExpectedPeer trust) {
        SSLEngine engine = context(task.identity(), trust).createSSLEngine();
        engine.setUseClientMode(task.initiator());
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(VERSIONS);
        parameters.setCipherSuites(CIPHERS);
        parameters.setNamedGroups(GROUPS);
        if (task.initiator()) {
            var offered = new ArrayList<>(task.muxers());
            offered.add(NO_MUXER);
            parameters.setApplicationProtocols(offered.toArray(String[]::new));
        } else {
            parameters.setNeedClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        if (!task.initiator()) {
            engine.setHandshakeApplicationProtocolSelector((own, offered) -> choose(offered, task.muxers()));
        }
        return engine;
    }

    /** The first that the client offers and this end has; null refuses the handshake. */
    private static String choose(List<String> offered, List<String> muxers) {
        return offered.stream().filter(name -> muxers.contains(name) || name.equals(NO_MUXER)).findFirst().orElse(null);
    }

    private SSLContext context(Identity identity, ExpectedPeer trust) {
        PeerCertificate own = certificates.computeIfAbsent(identity, who -> PeerCertificate.of(who, random));
        try {
            SSLContext context = SSLContext.getInstance(VERSIONS[0]);
            context.init(new KeyManager[] {new OwnKey(own)}, new TrustManager[] {trust}, random);
            context.getClientSessionContext().setSessionCacheSize(1);
            context.getServerSessionContext().setSessionCacheSize(1);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS 1.3", e);
        }
    }

    /** What is secure stays so. */
    @Override
    @Deactivate
    public void close() {
        parser.close();
    }
}
