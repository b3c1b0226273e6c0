// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal;

import java.security.SecureRandom;
import java.util.concurrent.CompletionStage;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

import io.netty.channel.Channel;
import io.peerwerk.transport.spi.SecureChannel;
import io.peerwerk.transport.spi.Secured;
import io.peerwerk.transport.tcp.internal.noise.KeyPair;
import io.peerwerk.transport.tcp.internal.noise.MessagePool;
import io.peerwerk.transport.tcp.internal.noise.NoiseHandler;
import io.peerwerk.transport.tcp.internal.noise.PeerHandshake;

/** Noise as a service. Its static key is made at the start and never leaves memory. */
@Component(service = SecureChannel.class, property = "protocol=/noise")
public final class NoiseChannel implements SecureChannel {

    /** Arrays that wait for their next use, of 64 KiB each: what some busy connections have in their hands at once. */
    private static final int POOLED = 64;

    private final MessagePool pool = new MessagePool(POOLED);
    private final SecureRandom random;
    private final KeyPair noiseKey;

    /** With the system's random source. */
    @Activate
    public NoiseChannel() {
        this(new SecureRandom());
    }

    /** With a random source of one's own. */
    public NoiseChannel(SecureRandom random) {
        this.random = random;
        this.noiseKey = KeyPair.generate(random);
    }

    @Override
    public String protocol() {
        return "/noise";
    }

    @Override
    public CompletionStage<Secured> secure(Channel channel, Task task) {
        var handler = new NoiseHandler(new PeerHandshake(task, noiseKey, KeyPair.generate(random)), pool);
        channel.pipeline().addLast(handler);
        return handler.secured();
    }
}
