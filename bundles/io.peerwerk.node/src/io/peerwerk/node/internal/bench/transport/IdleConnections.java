// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.transport;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.node.internal.process.Program;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.spi.Swarm;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/**
 * What idle connections cost each end of them in memory. The ends are in two processes, so that neither is short of
 * file descriptors and the heap of each is its own.
 */
final class IdleConnections implements AutoCloseable {

    /** As many connections as the memory that a host sets aside for one peer is enough for, and some to spare. */
    private static final int CONNECTIONS_OF_PAIR = 2500;

    private static final long EXIT_SECONDS = 10;

    private final MeasuredHosts near;
    private final Process far;
    private final BufferedReader answers;
    private final BufferedWriter questions;
    private final List<Multiaddr> addresses = new ArrayList<>();

    /**
     * Bytes of heap for one connection.
     *
     * @param dialling of the end that dialled
     * @param dialled  of the other end
     */
    record Bytes(long dialling, long dialled) {
    }

    private record Line(String event, @Nullable String address, long bytes) {
    }

    private IdleConnections(MeasuredHosts near, Process far) {
        this.near = near;
        this.far = far;
        this.answers = far.inputReader(StandardCharsets.UTF_8);
        this.questions = far.outputWriter(StandardCharsets.UTF_8);
    }

    /** Measures so many. Takes a minute for ten thousand. */
    static Bytes measure(BundleContext context, Program program, int count, String security, Multiaddr listen)
            throws IOException {
        int pairs = (count + CONNECTIONS_OF_PAIR - 1) / CONNECTIONS_OF_PAIR;
        MeasuredHosts near = MeasuredHosts.start(context, pairs, security, listen);
        try (var connections = new IdleConnections(near, startFar(near, program, pairs, security, listen))) {
            return connections.measure(count);
        }
    }

    private static Process startFar(MeasuredHosts near, Program program, int count, String security, Multiaddr listen)
            throws IOException {
        try {
            return program.command(List.of("bench", "hosts", "--count", Integer.toString(count), "--security", security,
                    "--listen", listen.toString())).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            near.close();
            throw e;
        }
    }

    private Bytes measure(int count) throws IOException {
        while (addresses.size() < near.all().size()) {
            addresses.add(Multiaddr.parse(String.valueOf(next("host").address())));
        }
        for (int i = 0; i < addresses.size(); i++) {
            connect(i);
        }
        long nearBefore = Heap.used();
        long farBefore = farHeap();
        for (int i = 0; i < count; i++) {
            connect(i);
        }
        return new Bytes((Heap.used() - nearBefore) / count, (farHeap() - farBefore) / count);
    }

    private void connect(int number) throws IOException {
        List<Host> hosts = near.all();
        Multiaddr address = addresses.get(number % addresses.size());
        PeerId peer = address.peer().orElseThrow(() -> new IOException("no peer in " + address));
        ((Swarm) hosts.get(number % hosts.size())).connect(peer, List.of(address), Swarm.Mode.FRESH);
    }

    private long farHeap() throws IOException {
        questions.write(DialledHosts.HEAP);
        questions.newLine();
        questions.flush();
        return next(DialledHosts.HEAP).bytes();
    }

    private Line next(String event) throws IOException {
        for (String text = answers.readLine(); text != null; text = answers.readLine()) {
            Line line = line(text);
            if (line.event().equals(event)) {
                return line;
            }
        }
        throw new IOException("the process with the other ends has ended");
    }

    private static Line line(String text) throws IOException {
        try {
            return new Gson().fromJson(text, Line.class);
        } catch (JsonSyntaxException e) {
            throw new IOException("the process with the other ends says " + text, e);
        }
    }

    @Override
    public void close() throws IOException {
        near.close();
        questions.close();
        try {
            if (!far.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                far.destroyForcibly();
            }
        } catch (InterruptedException e) {
            far.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
