// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.modules;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

import com.google.gson.JsonParser;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** A node in a process of its own, in a framework with the same bundles as this one. */
final class OtherNode implements AutoCloseable {
    private static final Set<String> STARTED = Set.of("org.apache.felix.scr", "org.apache.felix.configadmin",
            "org.apache.aries.spifly.dynamic.bundle", "slf4j.simple", "org.eclipse.equinox.app");

    private final Process process;
    private final String address;

    private OtherNode(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Starts it on a free port and waits until it can be dialled. */
    static OtherNode start(BundleContext context, Path directory) throws IOException {
        return start(context, directory, "--listen", "/ip4/127.0.0.1/tcp/0");
    }

    /** Starts it with options of its own and waits until it can be dialled. */
    static OtherNode start(BundleContext context, Path directory, String... options) throws IOException {
        return startWithout("", context, directory, options);
    }

    /** The same in a framework that lacks one bundle. */
    static OtherNode startWithout(String bundle, BundleContext context, Path directory, String... options)
            throws IOException {
        Path configuration = Files.createDirectories(directory.resolve("configuration"));
        var ini = new Properties();
        ini.setProperty("osgi.bundles", Arrays.stream(context.getBundles()).filter(OtherNode::isWanted)
                .filter(each -> !each.getSymbolicName().equals(bundle)).map(OtherNode::entry).collect(Collectors.joining(",")));
        ini.setProperty("osgi.bundles.defaultStartLevel", "4");
        ini.setProperty("eclipse.application", "io.peerwerk.node.cli");
        try (var out = Files.newOutputStream(configuration.resolve("config.ini"))) {
            ini.store(out, null);
        }
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
                file(context.getBundle(0)).toString(), "-configuration", configuration.toString(), "-data", "@none",
                "node", "--home", directory.resolve("home").toString(), "--json", "--while-stdin-open"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String ready = out.readLine();
        if (ready == null) {
            throw new IOException("the other node ended with " + process.destroyForcibly().onExit().join().exitValue());
        }
        return new OtherNode(process,
                JsonParser.parseString(ready).getAsJsonObject().getAsJsonArray("addresses").get(0).getAsString());
    }

    private static boolean isWanted(Bundle bundle) {
        String name = bundle.getSymbolicName();
        return bundle.getBundleId() != 0 && !name.endsWith(".tests") && !name.startsWith("org.eclipse.tycho")
                && !name.startsWith("junit") && !name.startsWith("org.junit");
    }

    private static String entry(Bundle bundle) {
        boolean fragment = bundle.getHeaders().get("Fragment-Host") != null;
        boolean start = !fragment && STARTED.contains(bundle.getSymbolicName());
        String lazy = "lazy".equals(bundle.getHeaders().get("Bundle-ActivationPolicy")) && !fragment ? "@start" : "";
        return "reference:" + file(bundle).toURI() + (start ? "@2:start" : lazy);
    }

    /** Where a bundle lies: Equinox tells it to those who ask for a file. */
    private static File file(Bundle bundle) {
        return Objects.requireNonNull(bundle.adapt(File.class), () -> "no file of " + bundle);
    }

    String address() {
        return address;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
