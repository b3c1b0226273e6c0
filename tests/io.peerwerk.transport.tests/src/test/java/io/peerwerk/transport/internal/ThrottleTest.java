// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThrottleTest {

    private static final int MIB = 1 << 20;

    @Test
    void withoutARateEverythingPassesAndNothingIsCounted() throws IOException {
        var throttle = new Throttle(new Throttle(null));
        for (int i = 0; i < 1_000_000; i++) {
            throttle.pass(MIB, 1, () -> false);
        }
        assertEquals(new Throttle.Tally(0, 0), throttle.tally());
    }

    @Test
    void whoWaitsGoesOnAsSoonAsTheRateIsTakenAwayOrChanged() {
        var throttle = new Throttle(null);
        throttle.rate(1);
        throttle.charge(MIB);
        var freed = pass(throttle);
        await().until(() -> throttle.tally().waits() > 0);
        assertFalse(freed.isDone());
        throttle.rate(0);
        freed.join();
        throttle.rate(1);
        throttle.charge(MIB);
        var hurried = pass(throttle);
        throttle.rate(1L << 40);
        hurried.join();
    }

    @Test
    void whoWaitsForAStreamThatIsGoneWaitsNoLonger() {
        var throttle = new Throttle(null);
        throttle.rate(1);
        throttle.charge(MIB);
        var gone = new java.util.concurrent.atomic.AtomicBoolean();
        var waiting = CompletableFuture.runAsync(() -> unchecked(() -> throttle.pass(1, 0, gone::get)));
        await().until(() -> throttle.tally().waits() > 0);
        gone.set(true);
        waiting.join();
    }

    @Test
    void aStreamsTimeLimitHoldsForTheWaitToo() throws IOException {
        var throttle = new Throttle(null);
        throttle.rate(1);
        throttle.pass(MIB, 0, () -> false);
        assertThrows(SocketTimeoutException.class, () -> throttle.pass(1, 1_000_000, () -> false));
    }

    @Test
    void theRatesOfTheHostAndOfThePeerBothHold() throws IOException {
        var host = new Throttle(null);
        var peer = new Throttle(host);
        host.rate(1L << 30);
        peer.rate(1L << 30);
        peer.pass(1000, 0, () -> false);
        peer.charge(10);
        assertEquals(1010, host.tally().bytes());
        assertEquals(1010, peer.tally().bytes());
    }

    @Test
    void aTransferIsHeldUpByItsSenderAndCountedToTheByte() throws IOException {
        assertHeldUp(new Bandwidth(4 * MIB, 0, 0, 0), Bandwidth.UNLIMITED);
    }

    @Test
    void aTransferIsHeldUpByItsReceiverAndCountedToTheByte() throws IOException {
        assertHeldUp(Bandwidth.UNLIMITED, new Bandwidth(0, 4 * MIB, 0, 0));
    }

    @Test
    void aRateThatIsSetAndTakenAwayWhileBytesMoveIsObeyedAtOnce() throws Exception {
        try (var hosts = new Hosts(new TcpTransport())) {
            SwitchHost sender = hosts.start(HostOptions.local());
            SwitchHost receiver = hosts.start(HostOptions.local());
            var total = new CompletableFuture<Long>();
            receiver.handle("/test/sink/1.0.0", stream -> total.complete(
                    stream.input().transferTo(java.io.OutputStream.nullOutputStream())));
            sender.apply(new Bandwidth(0, 0, 1000, 0));
            Connection connection = sender.connect(Hosts.address(receiver));
            var sending = CompletableFuture.runAsync(() -> unchecked(() -> send(connection, 4 * MIB)));
            Throttle peer = sender.rates().use(receiver.id()).up;
            await().until(() -> peer.tally().waits() > 0);
            assertFalse(total.isDone());
            sender.apply(Bandwidth.UNLIMITED);
            sending.join();
            assertEquals(4 * MIB, total.get());
        }
    }

    private static void assertHeldUp(Bandwidth sending, Bandwidth receiving) throws IOException {
        try (var hosts = new Hosts(new TcpTransport())) {
            SwitchHost sender = hosts.start(HostOptions.local().identifying(false).with(sending));
            SwitchHost receiver = hosts.start(HostOptions.local().identifying(false).with(receiving));
            var total = new CompletableFuture<Long>();
            receiver.handle("/test/sink/1.0.0", stream -> total.complete(
                    stream.input().transferTo(java.io.OutputStream.nullOutputStream())));
            send(sender.connect(Hosts.address(receiver)), 6 * MIB);
            assertEquals(6 * MIB, total.join());
            Throttle.Tally up = sender.rates().uploaded();
            Throttle.Tally down = receiver.rates().downloaded();
            Throttle.Tally held = up.bytes() > 0 ? up : down;
            assertEquals(0, up.bytes() > 0 ? down.bytes() : up.bytes());
            assertTrue(held.waits() > 0);
            assertTrue(held.bytes() >= 6 * MIB && held.bytes() < 6 * MIB + 1000, () -> held + " were counted");
        }
    }

    private static void send(Connection connection, int bytes) throws IOException {
        try (Stream stream = connection.open("/test/sink/1.0.0")) {
            byte[] block = new byte[64 * 1024];
            for (int sent = 0; sent < bytes; sent += block.length) {
                stream.output().write(block);
            }
            stream.output().close();
            stream.input().read();
        }
    }

    private static CompletableFuture<Void> pass(Throttle throttle) {
        return CompletableFuture.runAsync(() -> unchecked(() -> throttle.pass(1, 0, () -> false)));
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void unchecked(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
