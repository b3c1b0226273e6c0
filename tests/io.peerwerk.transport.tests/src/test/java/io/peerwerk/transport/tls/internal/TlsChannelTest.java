// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.transport.spi.SecureChannel;
import io.peerwerk.transport.spi.Secured;
import io.peerwerk.transport.tls.CertificateForge;
import io.peerwerk.transport.tls.PeerCertificate;

class TlsChannelTest {

    private static final String YAMUX = "/yamux/1.0.0";

    private final SecureRandom random = new SecureRandom();
    private final TlsChannel tls = new TlsChannel(random);
    private final Identity alice = Identity.generate(random);
    private final Identity bob = Identity.generate(random);
    private final EmbeddedChannel client = new EmbeddedChannel();
    private final EmbeddedChannel server = new EmbeddedChannel();

    @AfterEach
    void close() {
        client.finishAndReleaseAll();
        server.finishAndReleaseAll();
        tls.close();
    }

    // ---- handshakes

    @Test
    void bothEndsLearnWhoTheOtherIsAndWhichMuxerToUse() {
        var dialled = secure(client, alice, true, Optional.of(bob.id()), List.of(YAMUX));
        var accepted = secure(server, bob, false, Optional.empty(), List.of(YAMUX));
        shake();
        assertEquals(new Secured(bob.id(), bob.publicKey(), Optional.of(YAMUX)), dialled.join());
        assertEquals(new Secured(alice.id(), alice.publicKey(), Optional.of(YAMUX)), accepted.join());
    }

    @Test
    void theMuxerIsTheFirstOfTheClientThatTheServerHas() {
        var dialled = secure(client, alice, true, Optional.empty(), List.of("/x/1", "/b/1", "/a/1"));
        var accepted = secure(server, bob, false, Optional.empty(), List.of("/a/1", "/b/1"));
        shake();
        assertEquals(Optional.of("/b/1"), dialled.join().muxer());
        assertEquals(Optional.of("/b/1"), accepted.join().muxer());
    }

    @Test
    void withNoMuxerInCommonItIsNegotiatedLater() {
        var dialled = secure(client, alice, true, Optional.empty(), List.of("/x/1"));
        var accepted = secure(server, bob, false, Optional.empty(), List.of(YAMUX));
        shake();
        assertTrue(dialled.join().muxer().isEmpty() && accepted.join().muxer().isEmpty());
    }

    @Test
    void aClientThatKnowsNothingOfMuxersNegotiatesLater() {
        var accepted = secure(server, bob, false, Optional.empty(), List.of(YAMUX));
        foreign(client, true, PeerCertificate.of(alice, random), new String[] {"TLSv1.3"}, "libp2p");
        shake();
        assertTrue(accepted.join().muxer().isEmpty());
    }

    @Test
    void aClientThatSpeaksSomethingElseIsRefused() {
        var accepted = secure(server, bob, false, Optional.empty(), List.of(YAMUX));
        foreign(client, true, PeerCertificate.of(alice, random), new String[] {"TLSv1.3"}, "h2", "http/1.1");
        shake();
        assertRefused(accepted, server);
    }

    @Test
    void aServerThatPicksAMuxerThatWasNotOfferedIsRefused() {
        var dialled = secure(client, alice, true, Optional.empty(), List.of(YAMUX));
        SSLEngine engine = foreign(server, false, PeerCertificate.of(bob, random), new String[] {"TLSv1.3"});
        engine.setHandshakeApplicationProtocolSelector((own, offered) -> "/mplex/6.7.0");
        shake();
        assertRefused(dialled, client);
    }

    @Test
    void oldVersionsOfTlsAreRefused() {
        var accepted = secure(server, bob, false, Optional.empty(), List.of(YAMUX));
        foreign(client, true, PeerCertificate.of(alice, random), new String[] {"TLSv1.2"}, "libp2p");
        shake();
        assertRefused(accepted, server);
    }

    @Test
    void aClientThatShowsNoCertificateIsRefused() {
        var accepted = secure(server, bob, false, Optional.empty(), List.of(YAMUX));
        foreign(client, true, (KeyManager) null, new String[] {"TLSv1.3"}, "libp2p");
        shake();
        assertRefused(accepted, server);
    }

    @Test
    void anotherPeerThanTheExpectedOneIsRefusedAndHearsOfIt() {
        PeerId nobody = Identity.generate(random).id();
        var dialled = secure(client, alice, true, Optional.of(nobody), List.of(YAMUX));
        var accepted = secure(server, bob, false, Optional.empty(), List.of(YAMUX));
        shake();
        assertRefused(dialled, client);
        assertEquals("another peer is there: " + bob.id(), dialled.exceptionNow().getMessage());
        assertRefused(accepted, server);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCertificateThatNobodyVouchesForIsRefused(boolean ofClient) throws Exception {
        EmbeddedChannel own = ofClient ? server : client;
        var end = secure(own, bob, !ofClient, Optional.empty(), List.of(YAMUX));
        foreign(ofClient ? client : server, ofClient, forged(), new String[] {"TLSv1.3"},
                ofClient ? new String[] {"libp2p"} : new String[0]);
        shake();
        assertRefused(end, own);
        assertTrue(end.exceptionNow().getMessage().contains("has not signed"), end.exceptionNow()::getMessage);
    }

    /** A certificate in which the identity key has signed another certificate's key. */
    private KeyManager forged() throws Exception {
        var forge = CertificateForge.plain().valid(Instant.now().minusSeconds(60), Instant.now().plusSeconds(600));
        byte[] certificate = forge.extension(SignedKey.of(alice, new byte[91]).toBytes()).make();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("forged", forge.pair().getPrivate(), new char[0], new Certificate[] {
            CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate))});
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, new char[0]);
        return factory.getKeyManagers()[0];
    }

    @Test
    void aSessionIsNeverResumedAndEveryoneShowsWhoItIsEachTime() throws Exception {
        SSLContext context = context(new OwnKey(PeerCertificate.of(alice, random)));
        var ids = new ArrayList<byte[]>();
        for (int i = 0; i < 2; i++) {
            var near = new EmbeddedChannel();
            var far = new EmbeddedChannel();
            var accepted = secure(far, bob, false, Optional.empty(), List.of(YAMUX));
            SSLEngine engine = context.createSSLEngine("bob.test", 4001);
            engine.setUseClientMode(true);
            near.pipeline().addLast(new SslHandler(engine));
            pump(near, far);
            assertEquals(alice.id(), accepted.join().peer());
            ids.add(engine.getSession().getId());
            near.finishAndReleaseAll();
            far.finishAndReleaseAll();
        }
        assertFalse(java.util.Arrays.equals(ids.get(0), ids.get(1)));
    }

    @Test
    void garbageInsteadOfAHandshakeEndsTheLink() {
        var accepted = secure(server, bob, false, Optional.empty(), List.of(YAMUX));
        write(server, "GET / HTTP/1.1\r\n\r\n".getBytes());
        assertRefused(accepted, server);
    }

    @Test
    void aPeerThatHangsUpFailsTheHandshake() {
        var accepted = secure(server, bob, false, Optional.empty(), List.of(YAMUX));
        server.disconnect();
        assertInstanceOf(EOFException.class, accepted.exceptionNow());
    }

    // ---- what follows

    @Test
    void cleartextArrivesAsItWasSent() {
        secured();
        byte[] large = new byte[300_000];
        new Random(1).nextBytes(large);
        client.write(Unpooled.wrappedBuffer(large, 0, 10));
        client.write(Unpooled.wrappedBuffer(large, 10, large.length - 10));
        client.flush();
        shake();
        assertArrayEquals(large, inbound(server));
    }

    @Test
    void cleartextThatFollowsTheHandshakeReachesTheHandlerThatItsEndHasAdded() {
        var seen = new ArrayList<byte[]>();
        secure(server, bob, false, Optional.empty(), List.of(YAMUX)).thenAccept(secured -> server.pipeline()
                .addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                seen.add(ByteBufUtil.getBytes((ByteBuf) message));
                ((ByteBuf) message).release();
            }
        }));
        secure(client, alice, true, Optional.empty(), List.of(YAMUX)).thenAccept(secured ->
                client.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {42})));
        ByteBuf hello = joined(client);
        server.writeInbound(hello);
        client.writeInbound(joined(server));
        server.writeInbound(joined(client));
        assertEquals(1, seen.size());
        assertArrayEquals(new byte[] {42}, seen.getFirst());
    }

    @Test
    void aFlippedBitEndsTheLink() {
        secured();
        client.writeOutbound(Unpooled.wrappedBuffer(new byte[1000]));
        ByteBuf record = joined(client);
        record.setByte(500, record.getByte(500) ^ 1);
        server.writeInbound(record);
        assertFalse(server.isOpen());
        assertEquals(0, inbound(server).length);
    }

    @Test
    void garbageAfterTheHandshakeEndsTheLink() {
        secured();
        write(server, new byte[100]);
        assertFalse(server.isOpen());
    }

    @Test
    void aRecordThatIsTooLongEndsTheLink() {
        secured();
        byte[] record = new byte[5 + 0xffff];
        System.arraycopy(new byte[] {23, 3, 3, (byte) 0xff, (byte) 0xff}, 0, record, 0, 5);
        write(server, record);
        assertFalse(server.isOpen());
        assertEquals(0, inbound(server).length);
    }

    @Test
    void aFarewellEndsTheLink() {
        secured();
        client.close();
        server.writeInbound(joined(client));
        assertFalse(server.isOpen());
    }

    @Test
    void aLinkThatIsCutWithoutAFarewellIsJustClosed() {
        secured();
        server.disconnect();
        server.checkException();
        assertFalse(server.isOpen());
    }

    @Test
    void aPeerThatAsksForAnswersAndTakesNoneIsCutOff() {
        var trust = new ExpectedPeer(Optional.empty());
        var slow = new EmbeddedChannel(new TlsEnd(context(null).createSSLEngine(), trust, List.of()));
        slow.write(Unpooled.wrappedBuffer(new byte[1 << 20]));
        slow.pipeline().fireChannelReadComplete();
        assertTrue(slow.isOpen());
        slow.write(Unpooled.wrappedBuffer(new byte[2 << 20]));
        slow.pipeline().fireChannelReadComplete();
        assertFalse(slow.isOpen());
    }

    private void secured() {
        var dialled = secure(client, alice, true, Optional.of(bob.id()), List.of(YAMUX));
        var accepted = secure(server, bob, false, Optional.empty(), List.of(YAMUX));
        shake();
        assertTrue(dialled.join().muxer().isPresent() && accepted.join().muxer().isPresent());
    }

    private CompletableFuture<Secured> secure(EmbeddedChannel channel, Identity who, boolean initiator,
            Optional<PeerId> expected, List<String> muxers) {
        return tls.secure(channel, new SecureChannel.Task(who, initiator, expected, muxers)).toCompletableFuture();
    }

    private SSLEngine foreign(EmbeddedChannel channel, boolean dials, PeerCertificate own, String[] versions,
            String... protocols) {
        return foreign(channel, dials, new OwnKey(own), versions, protocols);
    }

    /** The other end is not ours: a TLS engine that is told what to do, and trusts all. */
    private SSLEngine foreign(EmbeddedChannel channel, boolean dials, KeyManager key, String[] versions,
            String... protocols) {
        SSLEngine engine = context(key).createSSLEngine();
        engine.setUseClientMode(dials);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(versions);
        parameters.setApplicationProtocols(protocols);
        engine.setSSLParameters(parameters);
        channel.pipeline().addLast(new SslHandler(engine), new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                ctx.close();
            }
        });
        return engine;
    }

    private SSLContext context(KeyManager key) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(key == null ? null : new KeyManager[] {key}, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), random);
            return context;
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void shake() {
        pump(client, server);
    }

    private static void pump(EmbeddedChannel one, EmbeddedChannel other) {
        boolean more = true;
        while (more) {
            ByteBuf there = joined(one);
            more = there.isReadable();
            write(other, there);
            ByteBuf back = joined(other);
            more |= back.isReadable();
            write(one, back);
        }
    }

    private static void write(EmbeddedChannel channel, byte[] bytes) {
        write(channel, Unpooled.wrappedBuffer(bytes));
    }

    private static void write(EmbeddedChannel channel, ByteBuf bytes) {
        if (channel.isOpen() && bytes.isReadable()) {
            channel.writeInbound(bytes);
        } else {
            bytes.release();
        }
    }

    private static ByteBuf joined(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            all.writeBytes(next);
            next.release();
        }
        return all;
    }

    private static byte[] inbound(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
            all.writeBytes(next);
            next.release();
        }
        return ByteBufUtil.getBytes(all);
    }

    private static void assertRefused(CompletableFuture<Secured> end, EmbeddedChannel channel) {
        assertTrue(end.isCompletedExceptionally());
        assertInstanceOf(IOException.class, end.exceptionNow());
        assertFalse(channel.isOpen());
    }
}
