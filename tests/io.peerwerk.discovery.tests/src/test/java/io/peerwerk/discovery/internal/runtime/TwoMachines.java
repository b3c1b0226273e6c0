// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two network namespaces of this machine with a cable between them and nothing else: a local network that nobody else
 * hears. Needs the rights of root, and {@code ip} of iproute2.
 */
final class TwoMachines implements AutoCloseable {

    static final String LEFT_IP = "10.77.0.1";
    static final String RIGHT_IP = "10.77.0.2";
    static final String LEFT_IP6 = "fd77::1";
    static final String RIGHT_IP6 = "fd77::2";

    final String left;
    final String right;

    private TwoMachines(String name) throws IOException {
        this.left = name + "l";
        this.right = name + "r";
        ip("netns add " + left);
        ip("netns add " + right);
        ip("link add eth0 netns " + left + " type veth peer name eth0 netns " + right);
        plug(left, LEFT_IP, LEFT_IP6);
        plug(right, RIGHT_IP, RIGHT_IP6);
    }

    /** The machines, or null where the rights do not allow them. */
    static TwoMachines orNull() {
        String name = "pw" + ProcessHandle.current().pid() % 100_000;
        try {
            return new TwoMachines(name);
        } catch (IOException e) {
            System.out.println("no network namespaces here: " + e.getMessage());
            remove(name + "l");
            remove(name + "r");
            return null;
        }
    }

    private static void plug(String machine, String ip4, String ip6) throws IOException {
        ip("-n " + machine + " addr add " + ip4 + "/24 dev eth0");
        ip("-n " + machine + " addr add " + ip6 + "/64 dev eth0 nodad");
        ip("-n " + machine + " link set lo up");
        ip("-n " + machine + " link set eth0 up");
        ip("-n " + machine + " route add default dev eth0");
    }

    /** What starts a command on one of them. */
    static List<String> on(String machine) {
        return List.of("ip", "netns", "exec", machine);
    }

    private static void ip(String arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        Stream.of(arguments.split(" ")).forEach(command::add);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new IOException("ip " + arguments + ": " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(String machine) {
        try {
            ip("netns delete " + machine);
        } catch (IOException e) {
            System.out.println(machine + " is not there: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        remove(left);
        remove(right);
    }
}
