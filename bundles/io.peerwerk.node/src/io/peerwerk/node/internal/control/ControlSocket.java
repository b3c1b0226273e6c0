// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.peerwerk.node.internal.launch.PrivateFiles;

/**
 * Where a home's control socket is. The kernel takes paths of some hundred bytes only (108 with the final zero on
 * Linux, 104 on macOS); for a home further down the socket lies in a private temporary directory and
 * {@code control.path} in the home says where.
 */
final class ControlSocket {
    private static final String SOCKET = "control.sock";
    private static final String POINTER = "control.path";
    /** Fits every system we know. */
    private static final int LONGEST_PATH = 100;
    private static final int LONGEST_POINTER = 4096;

    private ControlSocket() {
    }

    /** Where to reach the node of this home, if one is running. */
    static Path locate(Path home) throws IOException {
        Path absolute = home.toAbsolutePath().normalize();
        Path pointer = absolute.resolve(POINTER);
        if (Files.isRegularFile(pointer)) {
            return Path.of(new String(PrivateFiles.read(pointer, LONGEST_POINTER), StandardCharsets.UTF_8).strip());
        }
        return absolute.resolve(SOCKET);
    }

    /**
     * Opens the socket of a home whose lock the caller holds: so a socket that lies there belongs to nobody any more
     * and is removed.
     */
    static Bound bind(Path home) throws IOException {
        remove(home);
        Path path = home.resolve(SOCKET);
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            path = Files.createTempDirectory("peerwerk").resolve(SOCKET);
            PrivateFiles.replace(home.resolve(POINTER), path.toString().getBytes(StandardCharsets.UTF_8));
        }
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
            PrivateFiles.restrict(path);
            return new Bound(server, home);
        } catch (IOException e) {
            server.close();
            throw new IOException("the control socket " + path + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static void remove(Path home) throws IOException {
        Path path = locate(home);
        if (Files.isRegularFile(home.resolve(POINTER))) {
            // Somebody else may have taken the name in the temporary directory since: remove only what is ours.
            if (Files.exists(path) && Files.isWritable(path) && path.endsWith(SOCKET)) {
                Files.deleteIfExists(path);
                Files.deleteIfExists(path.getParent());
            }
            Files.delete(home.resolve(POINTER));
        } else {
            Files.deleteIfExists(path);
        }
    }

    /** An open socket; closing it removes its file. */
    record Bound(ServerSocketChannel channel, Path home) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            channel.close();
            remove(home);
        }
    }
}
