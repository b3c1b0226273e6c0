// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.membership;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace with nothing but a loopback device, which lives as long as this object: processes are started
 * into it, their bytes are counted, and a share of their packets can be lost. Needs util-linux and iproute2, for loss
 * nftables too; and rights that root has, and on most systems everybody, for a user namespace around it.
 */
final class Stage implements AutoCloseable {

    private static final long LIMIT_SECONDS = 10;

    /** Where {@code /proc/net/dev} has the bytes sent, counted from the name of the device. */
    private static final int BYTES_SENT = 9;

    private final Process holder;
    private final List<String> enter;

    private Stage(Process holder, List<String> enter) {
        this.holder = holder;
        this.enter = enter;
    }

    /** A new one, or empty where this system gives none. */
    static Optional<Stage> open() throws InterruptedException {
        for (boolean asUser : new boolean[] {false, true}) {
            try {
                var words = new ArrayList<>(List.of("unshare", "--net"));
                if (asUser) {
                    words.add("--map-root-user");
                }
                words.addAll(List.of("sh", "-c", "ip link set lo up && echo up && exec cat > /dev/null"));
                Process holder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
                BufferedReader out = holder.inputReader(StandardCharsets.UTF_8);
                if ("up".equals(out.readLine())) {
                    var enter = new ArrayList<>(List.of("nsenter", "--target", Long.toString(holder.pid()), "--net"));
                    if (asUser) {
                        enter.addAll(List.of("--user", "--preserve-credentials"));
                    }
                    return Optional.of(new Stage(holder, enter));
                }
                holder.destroyForcibly();
            } catch (IOException e) {
                return Optional.empty(); // there is no such program
            }
        }
        return Optional.empty();
    }

    /** The same command, but inside. */
    List<String> inside(List<String> command) {
        var words = new ArrayList<>(enter);
        words.addAll(command);
        return words;
    }

    /** Bytes of all packets so far, headers included. */
    long bytes() throws IOException, InterruptedException {
        for (String line : run("cat", "/proc/net/dev").split("\n")) {
            String[] words = line.strip().split("[: ]+");
            if (words[0].equals("lo")) {
                return Long.parseLong(words[BYTES_SENT]);
            }
        }
        throw new IOException("the network namespace has no loopback device");
    }

    /**
     * From now on so many of a hundred packets are lost, of all protocols; 0 for none.
     *
     * @throws IOException where nftables is missing or the kernel cannot do it
     */
    void lose(int percent) throws IOException, InterruptedException {
        if (percent == 0) {
            run("nft", "flush", "ruleset");
        } else {
            run("nft", "add table inet loss; add chain inet loss in { type filter hook input priority 0; }; "
                    + "add rule inet loss in numgen random mod 100 < " + percent + " drop");
        }
    }

    private String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(inside(List.of(command))).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(command[0] + ": " + output.strip());
        }
        return output;
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
