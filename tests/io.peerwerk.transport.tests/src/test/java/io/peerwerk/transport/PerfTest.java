// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.Registration;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PerfTest {

    private static final int MIB = 1 << 20;

    private final Hosts hosts = new Hosts(new TcpTransport());
    private SwitchHost alice;
    private SwitchHost bob;
    private Connection toBob;

    @BeforeEach
    void start() throws IOException {
        alice = hosts.start(HostOptions.local());
        bob = hosts.start(HostOptions.local());
        toBob = alice.connect(Hosts.address(bob));
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,0", "0,1", "65536,65537", "20000000,10000000"})
    void asManyBytesGoEachWayAsWereAskedFor(long up, long down) throws IOException {
        Perf.serve(bob, 20_000_000);
        var told = new ArrayList<Long>();
        Perf.Figures figures = Perf.measure(toBob, up, down, (sent, received) -> told.add(sent + received));
        assertEquals(up, figures.up());
        assertEquals(down, figures.down());
        assertTrue(figures.upTime().compareTo(Duration.ZERO) > 0);
        assertFalse(figures.downTime().isNegative());
        assertEquals(told.stream().sorted().toList(), told);
        assertEquals((up + down) / 1_000_000, told.size(), 1);
    }

    @Test
    void nobodyServesItUnlessToldTo() {
        assertThrows(UnsupportedProtocolException.class, () -> measure(1, 1));
    }

    @Test
    void servingEndsWithItsRegistration() throws IOException {
        Registration serving = Perf.serve(bob, MIB);
        measure(1, 1);
        serving.close();
        assertThrows(UnsupportedProtocolException.class, () -> measure(1, 1));
    }

    @Test
    void oneByteMoreThanTheLimitIsRefusedInEachDirection() throws IOException {
        Perf.serve(bob, MIB);
        measure(MIB, MIB);
        assertThrows(IOException.class, () -> measure(MIB + 1, 0));
        assertThrows(IOException.class, () -> measure(0, MIB + 1));
        assertThrows(IOException.class, () -> measure(0, Long.MAX_VALUE));
        measure(MIB, MIB);
    }

    @Test
    void aRequestForANegativeNumberOfBytesIsRefused() throws IOException {
        Perf.serve(bob, Long.MAX_VALUE);
        try (Stream stream = alice.open(bob.id(), Perf.PROTOCOL)) {
            stream.output().write(ByteBuffer.allocate(8).putLong(-1).array());
            stream.output().close();
            assertThrows(StreamResetException.class, () -> stream.input().read());
        }
    }

    @Test
    void onlySoManyMeasureAtOnce() throws IOException {
        Perf.serve(bob, MIB);
        var busy = new ArrayList<Stream>();
        for (int i = 0; i < Perf.MAX_AT_ONCE; i++) {
            Stream stream = alice.open(bob.id(), Perf.PROTOCOL);
            stream.output().write(new byte[8]);
            stream.output().flush();
            busy.add(stream);
        }
        // Each has a thread at the other end, in whatever order: sooner or later all places are taken.
        await().until(() -> isRefused());
        busy.forEach(Stream::close);
        await().until(() -> !isRefused());
    }

    private boolean isRefused() {
        try {
            measure(1, 1);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void aPeerThatSendsMoreOrLessThanItWasAskedForIsFoundOut() throws IOException {
        Registration more = bob.handle(Perf.PROTOCOL, stream -> stream.output().write(new byte[101]));
        assertThrows(FormatException.class, () -> measure(0, 100));
        more.close();
        bob.handle(Perf.PROTOCOL, stream -> stream.output().write(new byte[99]));
        assertThrows(EOFException.class, () -> measure(0, 100));
    }

    @Test
    void anInterruptEndsAMeasurement() throws Exception {
        Perf.serve(bob, Long.MAX_VALUE);
        var began = new CountDownLatch(1);
        var ended = new CompletableFuture<Throwable>();
        Thread measuring = Thread.ofVirtual().start(() -> {
            try {
                Perf.measure(toBob, Long.MAX_VALUE, 0, (sent, received) -> began.countDown());
            } catch (IOException e) {
                ended.complete(e);
            }
        });
        began.await();
        measuring.interrupt();
        assertEquals(InterruptedIOException.class, ended.get().getClass());
        await().until(() -> alice.connection(bob.id()).orElseThrow().streamCount() == 0);
    }

    @Test
    void weMeasureJs() throws Exception {
        try (var js = ForeignPeer.listen()) {
            Connection connection = alice.connect(js.address());
            Perf.Figures figures = Perf.measure(connection, 64 * MIB, 32 * MIB, (sent, received) -> { });
            assertEquals(List.of(64L * MIB, 32L * MIB), List.of(figures.up(), figures.down()));
            String served = js.await("perf-served");
            assertTrue(served.contains("\"received\":" + 64 * MIB), served);
        }
    }

    private Perf.Figures measure(long up, long down) throws IOException {
        return Perf.measure(toBob, up, down, (sent, received) -> { });
    }
}
