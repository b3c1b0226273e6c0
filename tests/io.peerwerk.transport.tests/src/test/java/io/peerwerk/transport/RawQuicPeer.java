// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.InsecureQuicTokenHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.tls.PeerCertificate;

/** A peer that speaks QUIC and is left to its test in what it shows and does. */
public final class RawQuicPeer implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    /** The certificate of an honest peer. */
    public static PeerCertificate honest() {
        var random = new SecureRandom();
        return PeerCertificate.of(Identity.generate(random), random);
    }

    /** TLS of one who dials; no certificate is shown if it is null. */
    public static QuicSslContext client(PrivateKey key, X509Certificate certificate, String... protocols) {
        var builder = QuicSslContextBuilder.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE)
                .applicationProtocols(protocols);
        return certificate == null ? builder.build() : builder.keyManager(key, null, certificate).build();
    }

    public static QuicSslContext honestClient() {
        PeerCertificate own = honest();
        return client(own.privateKey(), own.certificate(), "libp2p");
    }

    /** Dials; the channel may be closed by the other end soon after. */
    public QuicChannel dial(Multiaddr address, QuicSslContext tls) throws Exception {
        return QuicChannel.newBootstrap(socket(codec(tls))).handler(new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                ctx.close();
            }
        }).remoteAddress(address.withoutPeer().socketAddress().orElseThrow()).connect()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Listens with a certificate of one's own and takes anyone; gives the address. */
    public Multiaddr listen(PrivateKey key, X509Certificate certificate) throws Exception {
        QuicSslContext tls = QuicSslContextBuilder.forServer(key, null, certificate).clientAuth(ClientAuth.OPTIONAL)
                .trustManager(InsecureTrustManagerFactory.INSTANCE).applicationProtocols("libp2p").build();
        Channel socket = socket(new QuicServerCodecBuilder().sslContext(tls).initialMaxData(1 << 20)
                .maxIdleTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).tokenHandler(InsecureQuicTokenHandler.INSTANCE)
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public boolean isSharable() {
                        return true;
                    }
                }).build());
        return Multiaddr.udp((InetSocketAddress) socket.localAddress()).encapsulate(Multiaddr.of("/quic-v1"));
    }

    private Channel socket(ChannelHandler codec) throws Exception {
        return new Bootstrap().group(loop).channel(NioDatagramChannel.class).handler(codec)
                .bind(InetAddress.getLoopbackAddress(), 0).sync().channel();
    }

    private static ChannelHandler codec(QuicSslContext tls) {
        return new QuicClientCodecBuilder().sslContext(tls).initialMaxData(1 << 20)
                .initialMaxStreamDataBidirectionalLocal(1 << 16).initialMaxStreamDataBidirectionalRemote(1 << 16)
                .initialMaxStreamsBidirectional(100).maxIdleTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).build();
    }

    /** The first datagrams of dials that were never answered, each good for one handshake. */
    public List<byte[]> firstDatagrams(int count) throws Exception {
        var datagrams = new ArrayList<byte[]>();
        try (var nobody = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            nobody.setSoTimeout(PATIENCE_SECONDS * 1000);
            Channel socket = socket(codec(honestClient()));
            for (int i = 0; i < count; i++) {
                QuicChannel.newBootstrap(socket).handler(new ChannelInboundHandlerAdapter())
                        .remoteAddress(nobody.getLocalSocketAddress()).connect();
                var packet = new DatagramPacket(new byte[2048], 2048);
                nobody.receive(packet);
                datagrams.add(Arrays.copyOf(packet.getData(), packet.getLength()));
            }
            socket.close().sync();
        }
        return datagrams;
    }

    /** Sends datagrams, each from a port of its own. */
    public static void send(Iterable<byte[]> datagrams, Multiaddr to) throws IOException {
        var target = to.withoutPeer().socketAddress().orElseThrow();
        for (byte[] datagram : datagrams) {
            try (var socket = new DatagramSocket()) {
                socket.send(new DatagramPacket(datagram, datagram.length, target));
            }
        }
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
